using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Localization;

/// <summary>Looks sentences up in the viewer's language; a sentence without a translation stays English.</summary>
/// <param name="catalogue">The translations.</param>
public sealed class TextLocalizer(TextCatalogue catalogue) : IStringLocalizer<Text>
{
    /// <inheritdoc />
    public LocalizedString this[string name]
    {
        get
        {
            var text = catalogue.Find(CultureInfo.CurrentUICulture, name);
            return new LocalizedString(name, text ?? name, resourceNotFound: text is null);
        }
    }

    /// <inheritdoc />
    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var text = catalogue.Find(CultureInfo.CurrentUICulture, name);
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, text ?? name, arguments), resourceNotFound: text is null);
        }
    }

    /// <inheritdoc />
    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        catalogue.All(CultureInfo.CurrentUICulture).Select(text => new LocalizedString(text.Key, text.Value));
}
