using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Charts;
using MaskDashboard.Components.Uploading;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Pages;

/// <summary>How things stand: figures, charts and latest results of the filter in the address; live while the queue works.</summary>
public sealed partial class Overview
{
    private const int LatestShown = 8;
    private OverviewView _view = new(new ImageFilter(), null, ChartMeasure.Compliance);
    private Shown? _shown;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>Figures.</summary>
    [Inject]
    public required ComplianceQueries Compliance { get; init; }

    /// <summary>Lists.</summary>
    [Inject]
    public required HistoryQueries History { get; init; }

    /// <summary>Photographs to try the program with.</summary>
    [Inject]
    public required SampleImages Samples { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(1);

    private string PeriodWords => L[
        "{0} to {1}, by the clock of {2}",
        Time.Date(_shown!.Overview.StartUtc),
        Time.Date(_shown.Overview.EndUtc.AddTicks(-1)),
        Time.Zone.Id];

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= TakeAddress;
        base.Dispose(disposing);
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += TakeAddress;
        return LoadAsync();
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        var (zone, stop) = (Time.Zone, Leaving);
        var view = OverviewView.Parse(new Uri(Navigation.Uri).Query, Time.Today);
        // At once, not with the figures: a second change to the filter builds on the first.
        _view = view;
        StateHasChanged();
        var filtered = await History.PageAsync(view.Filter, zone, 0, LatestShown, stop);
        var shown = new Shown(
            await Compliance.OverviewAsync(view.Filter, view.Step, zone, CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek, stop),
            filtered,
            filtered.Total > 0 ? filtered : await History.PageAsync(new ImageFilter(), zone, 0, 0, stop),
            await History.SitesAsync(stop));
        // The figures of a view that was left meanwhile come too late.
        _shown = view == _view ? shown : _shown;
    }

    private void Go(OverviewView view) => Navigation.NavigateTo(
        view == new OverviewView(OverviewView.DefaultFilter(Time.Today), null, ChartMeasure.Compliance) ? "/" : view.ToAddress());

    private void TakeAddress(object? sender, LocationChangedEventArgs change) => InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath == "/")
        {
            await RefreshAsync();
        }
    });

    // Filtered is the newest of what the filter lets through, Latest the same, or of everything when that is nothing.
    private sealed record Shown(PeriodOverview Overview, HistoryPage Filtered, HistoryPage Latest, IReadOnlyList<Site> Sites);
}
