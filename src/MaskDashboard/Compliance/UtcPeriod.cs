namespace MaskDashboard.Compliance;

/// <summary>The moments a filter allows, half open.</summary>
/// <param name="StartUtc">First moment; null for no start.</param>
/// <param name="EndUtc">First moment after; null for no end.</param>
public readonly record struct UtcPeriod(DateTime? StartUtc, DateTime? EndUtc)
{
    /// <summary>Days and moments of a filter together.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone, for its days.</param>
    public static UtcPeriod Of(ImageFilter filter, TimeZoneInfo zone)
    {
        DateTime? start = filter.From is { } from ? FilteredAnalyses.StartOfDayUtc(from, zone) : null;
        DateTime? end = filter.To is { } to && to < DateOnly.MaxValue ? FilteredAnalyses.StartOfDayUtc(to.AddDays(1), zone) : null;
        return new UtcPeriod(Later(start, filter.SinceUtc), Earlier(end, filter.UntilUtc));
    }

    private static DateTime? Later(DateTime? one, DateTime? other) => one is null || other > one ? other ?? one : one;

    private static DateTime? Earlier(DateTime? one, DateTime? other) => one is null || other < one ? other ?? one : one;
}
