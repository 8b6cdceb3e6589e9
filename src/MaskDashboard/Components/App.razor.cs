using MaskDashboard.Components.Viewer;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace MaskDashboard.Components;

/// <summary>The HTML document. Pages are interactive over a circuit, except those marked with <c>[ExcludeFromInteractiveRouting]</c>, which need a request of their own.</summary>
public sealed partial class App
{
    private ViewerHints _hints = new(ThemeChoice.System, false, null, null);
    private bool _dark;
    private string? _antiforgeryToken;

    /// <summary>The request the document answers.</summary>
    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    private IComponentRenderMode? PageRenderMode => HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _hints = ViewerHints.Of(HttpContext);
        _dark = _hints.Theme == ThemeChoice.Dark || (_hints.Theme == ThemeChoice.System && _hints.PrefersDark);
        // Scripts that post (uploads) read the token from the page and send it as a header.
        _antiforgeryToken = Antiforgery.GetAndStoreTokens(HttpContext).RequestToken;
    }
}
