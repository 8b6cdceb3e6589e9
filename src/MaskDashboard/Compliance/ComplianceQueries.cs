using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>Counts over images.</summary>
/// <param name="Images">Images with a finished analysis; the same bytes uploaded twice count once.</param>
/// <param name="Faces">Counts over their faces.</param>
public sealed record PeriodFigures(int Images, ComplianceFigures Faces);

/// <summary>The figures of a calendar day.</summary>
/// <param name="Day">The day, in the viewer's time zone.</param>
/// <param name="Figures">Its figures.</param>
public sealed record DayFigures(DateOnly Day, PeriodFigures Figures);

/// <summary>Figures over time. Statistics use the effective labels.</summary>
/// <param name="contexts">Makes contexts.</param>
public sealed class ComplianceQueries(IDbContextFactory<DashboardDbContext> contexts)
{
    /// <summary>The figures of the images that pass a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<PeriodFigures> FiguresAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Filtered(filter with { State = AnalysisState.Done }, zone)
            .GroupBy(_ => 1)
            .Select(group => new PeriodFigures(
                group.Count(),
                new ComplianceFigures(
                    group.Sum(analysis => analysis.MaskCount),
                    group.Sum(analysis => analysis.NoMaskCount),
                    group.Sum(analysis => analysis.UncertainCount),
                    group.Sum(analysis => analysis.TooCloseCount))))
            .SingleOrDefaultAsync(cancellationToken) ?? new PeriodFigures(0, default);
    }

    /// <summary>The figures of each day that has images, oldest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<DayFigures>> PerDayAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var days = new SortedDictionary<DateOnly, PeriodFigures>();
        var rows = context.Filtered(filter with { State = AnalysisState.Done }, zone)
            .Select(analysis => new { analysis.CapturedAtUtc, analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(row.CapturedAtUtc, zone));
            var figures = days.GetValueOrDefault(day) ?? new PeriodFigures(0, default);
            days[day] = new PeriodFigures(
                figures.Images + 1, figures.Faces + new ComplianceFigures(row.MaskCount, row.NoMaskCount, row.UncertainCount, row.TooCloseCount));
        }

        return [.. days.Select(day => new DayFigures(day.Key, day.Value))];
    }
}
