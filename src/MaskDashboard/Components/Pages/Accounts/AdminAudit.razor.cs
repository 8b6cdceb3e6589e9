using System.Globalization;
using MaskDashboard.Accounts;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Pages.Accounts;

/// <summary>The audit log, newest first. Filter and place are in the address.</summary>
public sealed partial class AdminAudit : IDisposable
{
    private const int Rows = 50;

    private readonly CancellationTokenSource _leaving = new();
    private AuditFilter _filter = new();
    private long? _before;
    private long? _older;
    private IReadOnlyList<AuditEntry>? _entries;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's clock.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal AuditQueries Log { get; init; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Follow;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var query = new Uri(Navigation.Uri).Query;
        _filter = AuditFilter.Parse(query);
        _before = long.TryParse(QueryHelpers.ParseQuery(query).GetValueOrDefault("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
        // One more than is shown tells whether there is more.
        var found = await Log.PageAsync(_filter, Time.Zone, _before, Rows + 1, _leaving.Token);
        _entries = [.. found.Take(Rows)];
        _older = found.Count > Rows ? _entries[^1].Id : null;
    }

    private void Follow(object? sender, LocationChangedEventArgs change) => InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != AccountAddresses.Audit)
        {
            return;
        }

        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });
}
