using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Pages;

/// <summary>The figures of a filter on paper: what, where, when, how it was counted and by what.</summary>
public sealed partial class Report
{
    // Fewer faces make any share.
    private const int LeastFaces = 10;
    private const int WorstShown = 10;

    private ImageFilter _filter = new();
    private IReadOnlyList<Site> _sites = [];
    private Shown? _shown;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>Figures.</summary>
    [Inject]
    public required ComplianceQueries Compliance { get; init; }

    /// <summary>What made the results.</summary>
    [Inject]
    public required ReportQueries Reports { get; init; }

    /// <summary>Sites.</summary>
    [Inject]
    public required HistoryQueries History { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Title => L["Compliance report"];

    private string SiteName => _filter.SiteId switch
    {
        null => L["All sites"],
        { } id => _sites.FirstOrDefault(site => site.Id == id)?.Name ?? L["Without a site"],
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // Figures are over analysed photographs, whatever state or search the list showed.
        _filter = ImageFilter.Parse(new Uri(Navigation.Uri).Query) with { State = null, Search = null };
        _sites = await History.SitesAsync();
        var overview = await Compliance.OverviewAsync(_filter, null, Time.Zone, CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek);
        _shown = new Shown(overview, [.. Worst(overview)], await Reports.VersionsAsync(_filter, Time.Zone), Clock.GetUtcNow().UtcDateTime);
    }

    private static IEnumerable<WorstHour> Worst(PeriodOverview overview) => overview.Hours
        .SelectMany((day, weekday) => day.Select((figures, hour) => new WorstHour((DayOfWeek)weekday, hour, figures)))
        .Where(hour => hour.Figures.Faces.Faces >= LeastFaces)
        .OrderBy(hour => hour.Figures.Faces.ComplianceLow).ThenByDescending(hour => hour.Figures.Faces.Faces)
        .Take(WorstShown);

    private static string HourName(WorstHour worst) =>
        $"{CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(worst.Weekday)} {new TimeOnly(worst.Hour, 0).ToString("t", CultureInfo.CurrentCulture)}";

    private sealed record WorstHour(DayOfWeek Weekday, int Hour, PeriodFigures Figures);

    private sealed record Shown(PeriodOverview Overview, IReadOnlyList<WorstHour> Worst, IReadOnlyList<UsedVersion> Versions, DateTime MadeAtUtc);
}
