using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>
/// Figures over time, read from <see cref="FigureRollup"/>: effective labels of current, finished analyses. They honour a
/// filter's period, clock time, site, detector and review; its search and state belong to lists.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="clock">The present, where a filter has no end and there is nothing to show.</param>
public sealed class ComplianceQueries(IDbContextFactory<DashboardDbContext> contexts, TimeProvider clock)
{
    // Bars by month for thirty years; whoever asks for millennia sees the photographs there are.
    private const double LongestChartDays = ChartSteps.MaxSlots * 28.0;

    /// <summary>The figures of the images that pass a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<PeriodFigures> FiguresAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await TotalAsync(Rollups(context, filter, UtcPeriod.Of(filter, zone), zone), cancellationToken);
    }

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
        var (start, end) = await BoundsAsync(context, filter, zone, cancellationToken);
        var days = (end - start).TotalDays;
        var fitting = step is { } wanted && ChartSteps.Fits(wanted, days) ? wanted : ChartSteps.For(days);
        var rows = await QuartersAsync(Rollups(context, filter, new UtcPeriod(start, end), zone), cancellationToken);
        var period = UtcPeriod.Of(filter, zone);
        PeriodFigures? before = null;
        if (period is { StartUtc: { } first, EndUtc: { } last } && PeriodBefore(filter, first, last, zone) is { } earlier)
        {
            before = await TotalAsync(Rollups(context, filter with { From = null, To = null, SinceUtc = null, UntilUtc = null }, earlier, zone), cancellationToken);
        }

        return new PeriodOverview(
            rows.Aggregate(PeriodFigures.None, (sum, row) => sum + row.Figures),
            before,
            fitting,
            start,
            end,
            Fill(TimeSlots.Cut(start, end, fitting, zone, firstDayOfWeek), rows),
            ByHour(rows, zone),
            await BySiteAsync(context, Rollups(context, filter, new UtcPeriod(start, end), zone, eachSite: true), cancellationToken),
            await MarksAsync(context, start, end, cancellationToken));
    }

    /// <summary>The figures of each day that has images, oldest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<DayFigures>> PerDayAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await QuartersAsync(Rollups(context, filter, UtcPeriod.Of(filter, zone), zone), cancellationToken);
        return [.. rows
            .GroupBy(row => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(QuarterHour.StartUtc(row.Key), zone)))
            .Select(day => new DayFigures(day.Key, day.Aggregate(PeriodFigures.None, (sum, row) => sum + row.Figures)))
            .OrderBy(day => day.Day)];
    }

    /// <summary>The figures of each quarter of an hour that has images, oldest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="bySite">Whether each site has its own.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<QuarterFigures>> PerQuarterAsync(ImageFilter filter, TimeZoneInfo zone, bool bySite, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Rollups(context, filter, UtcPeriod.Of(filter, zone), zone, eachSite: bySite);
        var sums = await rows.GroupBy(row => new { row.Quarter, row.SiteId })
            .OrderBy(group => group.Key.Quarter).ThenBy(group => group.Key.SiteId)
            .Select(group => new
            {
                group.Key.SiteId,
                Sums = new Sums(group.Key.Quarter, group.Sum(row => row.Images), group.Sum(row => row.Mask), group.Sum(row => row.NoMask), group.Sum(row => row.Uncertain), group.Sum(row => row.TooClose), group.Sum(row => row.FacesInPairs)),
            })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new QuarterFigures(QuarterHour.StartUtc(sum.Sums.Key), sum.SiteId > FigureRollup.NoSite ? sum.SiteId : null, sum.Sums.Figures))];
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
    private async Task<(DateTime StartUtc, DateTime EndUtc)> BoundsAsync(DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var period = UtcPeriod.Of(filter, zone);
        if (period is { StartUtc: { } start, EndUtc: { } end } && (end - start).TotalDays < LongestChartDays)
        {
            return (start, Later(start, end));
        }

        var all = Rollups(context, filter with { Weekday = null, Hour = null, Detector = null, Reviewed = null }, period, zone).Select(row => (long?)row.Quarter);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, zone));
        var (from, to) = (DayOf(await all.MinAsync(cancellationToken), 0), DayOf(await all.MaxAsync(cancellationToken), 1));
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

    private static IQueryable<FigureRollup> Rollups(DashboardDbContext context, ImageFilter filter, UtcPeriod period, TimeZoneInfo zone, bool eachSite = false)
    {
        var query = context.FigureRollups.AsQueryable();
        query = (filter.SiteId, eachSite) switch
        {
            ({ } site, _) => query.Where(row => row.SiteId == site),
            (null, true) => query.Where(row => row.SiteId > FigureRollup.AllSites),
            _ => query.Where(row => row.SiteId == FigureRollup.AllSites),
        };
        if (period.StartUtc is { } start)
        {
            var first = QuarterHour.Of(start);
            query = query.Where(row => row.Quarter >= first);
        }

        if (period.EndUtc is { } end)
        {
            var last = QuarterHour.From(end);
            query = query.Where(row => row.Quarter < last);
        }

        if (LocalTimeFilter.Of<FigureRollup>(filter, zone, row => row.Quarter) is { } localTime)
        {
            query = query.Where(localTime);
        }

        if (filter.Detector is { } detector)
        {
            query = query.Where(row => row.Detector == detector);
        }

        return filter.Reviewed is { } reviewed ? query.Where(row => row.Reviewed == reviewed) : query;
    }

    private static async Task<PeriodFigures> TotalAsync(IQueryable<FigureRollup> rows, CancellationToken cancellationToken)
    {
        var sums = await rows.GroupBy(_ => 1)
            .Select(group => new Sums(0, group.Sum(row => row.Images), group.Sum(row => row.Mask), group.Sum(row => row.NoMask), group.Sum(row => row.Uncertain), group.Sum(row => row.TooClose), group.Sum(row => row.FacesInPairs)))
            .SingleOrDefaultAsync(cancellationToken);
        return sums?.Figures ?? PeriodFigures.None;
    }

    private static Task<List<Sums>> QuartersAsync(IQueryable<FigureRollup> rows, CancellationToken cancellationToken) => rows
        .GroupBy(row => row.Quarter)
        .OrderBy(group => group.Key)
        .Select(group => new Sums(group.Key, group.Sum(row => row.Images), group.Sum(row => row.Mask), group.Sum(row => row.NoMask), group.Sum(row => row.Uncertain), group.Sum(row => row.TooClose), group.Sum(row => row.FacesInPairs)))
        .ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<SiteFigures>> BySiteAsync(DashboardDbContext context, IQueryable<FigureRollup> rows, CancellationToken cancellationToken)
    {
        var sums = await rows.GroupBy(row => row.SiteId)
            .Select(group => new Sums(group.Key, group.Sum(row => row.Images), group.Sum(row => row.Mask), group.Sum(row => row.NoMask), group.Sum(row => row.Uncertain), group.Sum(row => row.TooClose), group.Sum(row => row.FacesInPairs)))
            .ToListAsync(cancellationToken);
        var names = await context.Sites.ToDictionaryAsync(site => site.Id, site => site.Name, cancellationToken);
        return [.. sums
            .Select(sum => new SiteFigures(names.ContainsKey(sum.Key) ? sum.Key : null, names.GetValueOrDefault(sum.Key), sum.Figures))
            .OrderByDescending(site => site.Figures.Images).ThenBy(site => site.SiteName)];
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

    private static IReadOnlyList<TimeSlot> Fill(IReadOnlyList<TimeSlot> slots, List<Sums> rows)
    {
        var filled = new TimeSlot[slots.Count];
        var next = 0;
        for (var index = 0; index < slots.Count; index++)
        {
            var (figures, end) = (PeriodFigures.None, QuarterHour.From(slots[index].EndUtc));
            for (; next < rows.Count && rows[next].Key < end; next++)
            {
                figures += rows[next].Figures;
            }

            filled[index] = slots[index] with { Figures = figures };
        }

        return filled;
    }

    private static PeriodFigures[][] ByHour(List<Sums> rows, TimeZoneInfo zone)
    {
        var hours = Enumerable.Range(0, 7).Select(_ => Enumerable.Repeat(PeriodFigures.None, 24).ToArray()).ToArray();
        foreach (var row in rows)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(QuarterHour.StartUtc(row.Key), zone);
            hours[(int)local.DayOfWeek][local.Hour] += row.Figures;
        }

        return hours;
    }

    private sealed record Sums(long Key, int Images, int Mask, int NoMask, int Uncertain, int TooClose, int FacesInPairs)
    {
        public PeriodFigures Figures => new(Images, new ComplianceFigures(Mask, NoMask, Uncertain, TooClose), FacesInPairs);
    }
}
