using MaskDashboard.Storage;

namespace MaskDashboard.Compliance;

/// <summary>Adds up the rows of a <see cref="FigureTable"/> that pass a filter; its period is given apart, its search and state belong to lists.</summary>
/// <param name="rows">The rows.</param>
/// <param name="filter">The filter.</param>
/// <param name="zone">The viewer's time zone.</param>
internal readonly struct FigureSums(FigureRows rows, ImageFilter filter, TimeZoneInfo zone)
{
    /// <summary>The sites that the filter lets through, <see cref="FigureRollup.NoSite"/> included.</summary>
    public IEnumerable<long> Sites => filter.SiteId is { } one ? [one] : rows.Sites;

    /// <summary>The sum of a period.</summary>
    /// <param name="period">The period.</param>
    /// <param name="site">One site; null for what the filter asks for.</param>
    public PeriodFigures Total(UtcPeriod period, long? site = null)
    {
        var sum = PeriodFigures.None;
        var found = Of(period, site);
        var passes = Condition(found);
        foreach (ref readonly var row in found)
        {
            if (passes(row))
            {
                sum += row.Figures;
            }
        }

        return sum;
    }

    /// <summary>The sums of the quarter hours of a period that have images, in the order of time.</summary>
    /// <param name="period">The period.</param>
    /// <param name="site">One site; null for what the filter asks for.</param>
    public List<(long Quarter, PeriodFigures Figures)> Quarters(UtcPeriod period, long? site = null)
    {
        var sums = new List<(long Quarter, PeriodFigures Figures)>();
        var found = Of(period, site);
        var passes = Condition(found);
        foreach (ref readonly var row in found)
        {
            if (!passes(row))
            {
                continue;
            }

            if (sums.Count > 0 && sums[^1].Quarter == row.Quarter)
            {
                sums[^1] = (row.Quarter, sums[^1].Figures + row.Figures);
            }
            else
            {
                sums.Add((row.Quarter, row.Figures));
            }
        }

        return sums;
    }

    /// <summary>The first and the last quarter hour of a period with images of the filter's site, whatever else it asks for; null without any.</summary>
    /// <param name="period">The period.</param>
    public (long? First, long? Last) Ends(UtcPeriod period)
    {
        var found = Of(period, null);
        return found.IsEmpty ? (null, null) : (found[0].Quarter, found[^1].Quarter);
    }

    private ReadOnlySpan<FigureRow> Of(UtcPeriod period, long? site) => rows.Of(site ?? filter.SiteId ?? FigureRollup.AllSites, period);

    private Func<FigureRow, bool> Condition(ReadOnlySpan<FigureRow> found)
    {
        var (detector, reviewed, weekday, hour) = (filter.Detector, filter.Reviewed, filter.Weekday, filter.Hour);
        if ((weekday is null && hour is null) || found.IsEmpty)
        {
            return detector is null && reviewed is null ? _ => true : Others;
        }

        var clock = new LocalClock(zone, found[0].Quarter, found[^1].Quarter);
        return row =>
        {
            var shown = clock.At(row.Quarter);
            return Others(row) && (weekday is null || weekday == shown.Weekday) && (hour is null || hour == shown.Hour);
        };

        bool Others(FigureRow row) => (detector is null || detector == row.Detector) && (reviewed is null || reviewed == row.Reviewed);
    }
}
