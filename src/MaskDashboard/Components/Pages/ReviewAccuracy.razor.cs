using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision.Metrics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Pages;

/// <summary>How right the program is on the reviewed photographs that pass the filter in the address.</summary>
public sealed partial class ReviewAccuracy
{
    private ImageFilter _filter = new();
    private IReadOnlyList<Site> _sites = [];
    private ReviewCounts? _counts;
    private AccuracyReport? _report;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The accuracy.</summary>
    [Inject]
    public required AccuracyQueries Queries { get; init; }

    /// <summary>What there is to review.</summary>
    [Inject]
    public required ReviewQueue Queue { get; init; }

    /// <summary>Sites.</summary>
    [Inject]
    public required HistoryQueries History { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= TakeAddress;
        base.Dispose(disposing);
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        TakeFilter();
        Navigation.LocationChanged += TakeAddress;
        _sites = await History.SitesAsync(Leaving);
        await LoadAsync();
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        _counts = await Queue.CountsAsync(_filter, Time.Zone, Time.Today, Leaving);
        _report = await Queries.ReportAsync(_filter, Time.Zone, Leaving);
    }

    private static string Detail(Proportion share) => share.Interval is { } interval
        ? $"{ShareText.Range(interval.Low, interval.High)} · {FigureText.Number(share.Hits)} / {FigureText.Number(share.Total)}"
        : "";

    private void Apply(ImageFilter filter) => Navigation.NavigateTo(filter.ToAddress("/review/accuracy"));

    private void TakeFilter() => _filter = ImageFilter.Parse(new Uri(Navigation.Uri).Query) with { Reviewed = null, State = null };

    private void TakeAddress(object? sender, LocationChangedEventArgs change) => InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath == "/review/accuracy")
        {
            TakeFilter();
            await RefreshAsync();
        }
    });
}
