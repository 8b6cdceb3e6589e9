using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>
/// Figures over time, read from <see cref="FigureTable"/>: effective labels of current, finished analyses. They honour a
/// filter's period, clock time, site, detector and review; its search and state belong to lists.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="table">The counts.</param>
/// <param name="clock">The present, where a filter has no end and there is nothing to show.</param>
public sealed class ComplianceQueries(IDbContextFactory<DashboardDbContext> contexts, FigureTable table, TimeProvider clock)
{
    // Bars by month for thirty years; whoever asks for millennia sees the photographs there are.
    private const double LongestChartDays = ChartSteps.MaxSlots * 28.0;

    /// <summary>The figures of the images that pass a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<PeriodFigures> FiguresAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default) =>
        table.ReadAsync(rows => new FigureSums(rows, filter, zone).Total(UtcPeriod.Of(filter, zone)), cancellationToken);

    /// <summary>Everything an overview shows.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="step">Length of a slot; null for the one that suits the period. One that makes too many slots is not taken.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="firstDayOfWeek">First day of the viewer's week.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<PeriodOverview> OverviewAsync(
        ImageFilter filter, ChartStep? step, TimeZoneInfo zone, DayOfWeek firstDayOfWeek, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await context.Sites.ToDictionaryAsync(site => site.Id, site => site.Name, cancellationToken);
        var overview = await table.ReadAsync(rows => Overview(rows, filter, step, zone, firstDayOfWeek, names), cancellationToken);
        return overview with { Marks = await MarksAsync(context, overview.StartUtc, overview.EndUtc, cancellationToken) };
    }

    /// <summary>The figures of each quarter of an hour that has images, oldest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="bySite">Whether each site has its own.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<QuarterFigures>> PerQuarterAsync(ImageFilter filter, TimeZoneInfo zone, bool bySite, CancellationToken cancellationToken = default)
    {
        var period = UtcPeriod.Of(filter, zone);
        var quarters = await table.ReadAsync(
            rows =>
            {
                var sums = new FigureSums(rows, filter, zone);
                return bySite
                    ? sums.Sites.SelectMany(site => sums.Quarters(period, site).Select(quarter => (Site: site, quarter.Quarter, quarter.Figures))).ToList()
                    : [.. sums.Quarters(period).Select(quarter => (Site: FigureRollup.NoSite, quarter.Quarter, quarter.Figures))];
            },
            cancellationToken);
        return [.. quarters.OrderBy(quarter => quarter.Quarter).ThenBy(quarter => quarter.Site)
            .Select(quarter => new QuarterFigures(QuarterHour.StartUtc(quarter.Quarter), quarter.Site > FigureRollup.NoSite ? quarter.Site : null, quarter.Figures))];
    }

    private PeriodOverview Overview(FigureRows rows, ImageFilter filter, ChartStep? step, TimeZoneInfo zone, DayOfWeek firstDayOfWeek, Dictionary<long, string> names)
    {
        var sums = new FigureSums(rows, filter, zone);
        var (start, end) = Bounds(sums, filter, zone);
        var days = (end - start).TotalDays;
        var fitting = step is { } wanted && ChartSteps.Fits(wanted, days) ? wanted : ChartSteps.For(days);
        var charts = new UtcPeriod(start, end);
        var quarters = sums.Quarters(charts);
        PeriodFigures? before = UtcPeriod.Of(filter, zone) is { StartUtc: { } first, EndUtc: { } last } && PeriodBefore(filter, first, last, zone) is { } earlier
            ? sums.Total(earlier)
            : null;
        return new PeriodOverview(
            quarters.Aggregate(PeriodFigures.None, (sum, quarter) => sum + quarter.Figures),
            before,
            fitting,
            start,
            end,
            Fill(TimeSlots.Cut(start, end, fitting, zone, firstDayOfWeek), quarters),
            ByHour(quarters, zone),
            BySite(sums, charts, names),
            []);
    }

    // As many calendar days, or as much time, right before.
    private static UtcPeriod? PeriodBefore(ImageFilter filter, DateTime startUtc, DateTime endUtc, TimeZoneInfo zone)
    {
        if (startUtc >= endUtc)
        {
            return null;
        }

        return filter is { From: { } from, To: { } to, SinceUtc: null, UntilUtc: null } && from.DayNumber > to.DayNumber - from.DayNumber + 1
            ? new UtcPeriod(FilteredAnalyses.StartOfDayUtc(from.AddDays(from.DayNumber - to.DayNumber - 1), zone), startUtc)
            : endUtc - startUtc < startUtc - DateTime.MinValue ? new UtcPeriod(startUtc - (endUtc - startUtc), startUtc) : null;
    }

    // Charts begin and end where the filter does, else where the photographs do.
    private (DateTime StartUtc, DateTime EndUtc) Bounds(FigureSums sums, ImageFilter filter, TimeZoneInfo zone)
    {
        var period = UtcPeriod.Of(filter, zone);
        if (period is { StartUtc: { } start, EndUtc: { } end } && (end - start).TotalDays < LongestChartDays)
        {
            return (start, Later(start, end));
        }

        var (first, last) = sums.Ends(period);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, zone));
        var (from, to) = (DayOf(first, 0), DayOf(last, 1));
        if (period.StartUtc is { } given && (to - given).TotalDays < LongestChartDays)
        {
            from = given;
        }

        if (period.EndUtc is { } until && (until - from).TotalDays < LongestChartDays)
        {
            to = until;
        }

        return (from, Later(from, to));

        DateTime DayOf(long? quarter, int daysLater) => FilteredAnalyses.StartOfDayUtc(
            (quarter is { } known ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(QuarterHour.StartUtc(known), zone)) : today).AddDays(daysLater), zone);

        static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
    }

    private static async Task<IReadOnlyList<ChangeMark>> MarksAsync(DashboardDbContext context, DateTime startUtc, DateTime endUtc, CancellationToken cancellationToken)
    {
        var settings = await context.SettingsVersions
            .Where(version => version.ReplacesId != null && version.CreatedAtUtc >= startUtc && version.CreatedAtUtc < endUtc)
            .Select(version => new ChangeMark(version.CreatedAtUtc, version.Id, version.Reason, null, null))
            .ToListAsync(cancellationToken);
        var uses = await context.ModelUses.OrderBy(use => use.FirstUsedAtUtc).ToListAsync(cancellationToken);
        // The first models of an engine are a beginning and no change.
        var models = uses.GroupBy(use => use.Detector).SelectMany(engine => engine.Skip(1))
            .Where(use => use.FirstUsedAtUtc >= startUtc && use.FirstUsedAtUtc < endUtc)
            .Select(use => new ChangeMark(use.FirstUsedAtUtc, null, null, use.Detector, use.ModelVersion));
        return [.. settings.Concat(models).OrderBy(mark => mark.AtUtc)];
    }

    private static IReadOnlyList<SiteFigures> BySite(FigureSums sums, UtcPeriod period, Dictionary<long, string> names) => [.. sums.Sites
        .Select(site => new SiteFigures(names.ContainsKey(site) ? site : null, names.GetValueOrDefault(site), sums.Total(period, site)))
        .Where(site => site.Figures.Images > 0)
        .OrderByDescending(site => site.Figures.Images).ThenBy(site => site.SiteName)];

    private static IReadOnlyList<TimeSlot> Fill(IReadOnlyList<TimeSlot> slots, IReadOnlyList<(long Quarter, PeriodFigures Figures)> quarters)
    {
        var filled = new TimeSlot[slots.Count];
        var next = 0;
        for (var index = 0; index < slots.Count; index++)
        {
            var (figures, end) = (PeriodFigures.None, QuarterHour.From(slots[index].EndUtc));
            for (; next < quarters.Count && quarters[next].Quarter < end; next++)
            {
                figures += quarters[next].Figures;
            }

            filled[index] = slots[index] with { Figures = figures };
        }

        return filled;
    }

    private static PeriodFigures[][] ByHour(IReadOnlyList<(long Quarter, PeriodFigures Figures)> quarters, TimeZoneInfo zone)
    {
        var hours = Enumerable.Range(0, 7).Select(_ => new PeriodFigures[24]).ToArray();
        if (quarters.Count > 0)
        {
            var clock = new LocalClock(zone, quarters[0].Quarter, quarters[^1].Quarter);
            foreach (var (quarter, figures) in quarters)
            {
                var (weekday, hour) = clock.At(quarter);
                hours[(int)weekday][hour] += figures;
            }
        }

        return hours;
    }
}
