using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Layout;

/// <summary>The frame of every page: top bar, navigation, content.</summary>
public sealed partial class MainLayout : IAsyncDisposable
{
    // The drawer itself closes where the screen is narrow.
    private bool _menuIsOpen = true;
    private ErrorBoundary? _errorBoundary;
    private DotNetObjectReference<MainLayout>? _self;
    private IJSObjectReference? _script;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's colours.</summary>
    [Inject]
    public required ViewerTheme Theme { get; init; }

    /// <summary>The viewer's time zone.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Browser { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Called by the browser when the operating system changes between light and dark.</summary>
    /// <param name="prefersDark">Whether it is dark now.</param>
    [JSInvokable]
    public Task SchemeChanged(bool prefersDark) => InvokeAsync(() => Theme.Prefer(prefersDark));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Theme.Changed -= ShowTheme;
        Time.Changed -= Refresh;
        Navigation.LocationChanged -= LeavePage;
        if (_script is not null)
        {
            try
            {
                await _script.InvokeVoidAsync("unwatchScheme");
                await _script.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone; so has its script.
            }
        }

        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Theme.Changed += ShowTheme;
        Time.Changed += Refresh;
        Navigation.LocationChanged += LeavePage;
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        // Cookies may be missing (first visit) or old (the viewer travels): the browser has the last word.
        _script = await Browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/viewer.js"]}");
        _self = DotNetObjectReference.Create(this);
        var viewer = await _script.InvokeAsync<BrowserFacts>("watch", _self);
        Time.Use(viewer.TimeZone);
        Theme.Prefer(viewer.PrefersDark);
        await _script.InvokeVoidAsync("showTheme", Theme.IsDark);
    }

    private void ToggleMenu() => _menuIsOpen = !_menuIsOpen;

    private void Recover() => _errorBoundary?.Recover();

    // An error belongs to the page it happened on.
    private void LeavePage(object? sender, LocationChangedEventArgs change) => InvokeAsync(Recover);

    private void Refresh() => InvokeAsync(StateHasChanged);

    private void ShowTheme() => InvokeAsync(async () =>
    {
        StateHasChanged();
        if (_script is not null)
        {
            await _script.InvokeVoidAsync("rememberTheme", Theme.Choice.ToString().ToLowerInvariant());
            await _script.InvokeVoidAsync("showTheme", Theme.IsDark);
        }
    });

    private sealed record BrowserFacts(string TimeZone, bool PrefersDark);
}
