using MaskDashboard.Settings;
using Microsoft.AspNetCore.Components;

namespace MaskDashboard.Components.Tuning;

/// <summary>A component that shows settings that are tried. It is drawn again when they change and <see cref="Concerns"/> says that it matters.</summary>
public abstract class DraftComponent : ComponentBase, IDisposable
{
    private SettingsDraft? _heard;

    /// <summary>What is tried.</summary>
    [CascadingParameter]
    public required SettingsDraft Draft { get; set; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_heard, Draft))
        {
            Unsubscribe();
            _heard = Draft;
            _heard.Changed += OnChanged;
        }
    }

    /// <summary>Whether a change of what is tried changes what is shown.</summary>
    protected virtual bool Concerns() => true;

    /// <summary>Stops listening.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) => Unsubscribe();

    private void OnChanged()
    {
        if (Concerns())
        {
            InvokeAsync(StateHasChanged);
        }
    }

    private void Unsubscribe()
    {
        if (_heard is not null)
        {
            _heard.Changed -= OnChanged;
        }
    }
}
