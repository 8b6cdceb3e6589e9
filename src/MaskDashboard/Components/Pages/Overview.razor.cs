using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Uploading;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Pages;

/// <summary>How things stand: today's and this week's figures, compliance by day, the latest results; live while the queue works.</summary>
public sealed partial class Overview
{
    private const int DaysShown = 30;
    private const int LatestShown = 8;
    private Shown? _figures;

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

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        var (today, zone, stop) = (Time.Today, Time.Zone, Leaving);
        var lastDays = new ImageFilter { From = today.AddDays(1 - DaysShown), To = today };
        var days = await Compliance.PerDayAsync(lastDays, zone, stop);
        _figures = new Shown(
            await Compliance.FiguresAsync(new ImageFilter { From = today, To = today }, zone, stop),
            await Compliance.FiguresAsync(new ImageFilter { From = Time.StartOfWeek, To = today }, zone, stop),
            Fill(days, lastDays.From.Value, today),
            await History.PageAsync(new ImageFilter(), zone, 0, LatestShown, stop));
    }

    // Days without photographs are part of the picture.
    private static IReadOnlyList<(DateOnly Day, ComplianceFigures Figures)> Fill(IReadOnlyList<DayFigures> days, DateOnly first, DateOnly last)
    {
        var known = days.ToDictionary(day => day.Day, day => day.Figures.Faces);
        return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Select(day => (day, known.GetValueOrDefault(day)))];
    }

    private string FacesEach(PeriodFigures period) => period.Images == 0
        ? L["none"]
        : L["{0} faces, {1} to a photograph", FigureText.Number(period.Faces.Faces), ((double)period.Faces.Faces / period.Images).ToString("0.#", System.Globalization.CultureInfo.CurrentCulture)];

    private sealed record Shown(PeriodFigures Today, PeriodFigures Week, IReadOnlyList<(DateOnly Day, ComplianceFigures Figures)> Days, HistoryPage Latest);
}
