using System.Globalization;

namespace MaskDashboard.Tests.Components;

/// <summary>A culture for the length of a test.</summary>
public sealed class CultureScope : IDisposable
{
    private readonly (CultureInfo Culture, CultureInfo UiCulture) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    /// <summary>Switches.</summary>
    /// <param name="name">For instance <c>ko-KR</c>.</param>
    public CultureScope(string name) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);

    /// <inheritdoc />
    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
}
