using System.Linq.Expressions;
using MaskDashboard.Storage;

namespace MaskDashboard.Compliance;

/// <summary>
/// Weekday and hour of the viewer's clock as whole-number arithmetic on quarter hours, which the database does in the index.
/// The distance to UTC changes with summer time, so the period is cut where it does.
/// </summary>
internal static class LocalTimeFilter
{
    private const int MinutesOfDay = 24 * 60;

    // Limits of what is cut into stretches: older photographs and later rules of summer time are nobody's concern.
    private static readonly DateTime _earliestUtc = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime _latestUtc = new(2050, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The condition; null when the filter has neither weekday nor hour.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="quarter">The row's quarter hour.</param>
    public static Expression<Func<T, bool>>? Of<T>(ImageFilter filter, TimeZoneInfo zone, Expression<Func<T, long>> quarter)
    {
        if (filter is { Weekday: null, Hour: null })
        {
            return null;
        }

        var period = UtcPeriod.Of(filter, zone);
        var stretches = Stretches(
            zone,
            period.StartUtc is { } start && start > _earliestUtc ? start : _earliestUtc,
            period.EndUtc is { } end && end < _latestUtc ? end : _latestUtc);
        return Expression.Lambda<Func<T, bool>>(Choose(quarter.Body, stretches, 0, stretches.Count, filter), quarter.Parameters);
    }

    /// <summary>Stretches of a period in which the zone keeps its distance to UTC.</summary>
    internal static IReadOnlyList<(long FirstQuarter, long EndQuarter, int OffsetMinutes)> Stretches(TimeZoneInfo zone, DateTime startUtc, DateTime endUtc)
    {
        var (first, end) = (QuarterHour.Of(startUtc), QuarterHour.From(endUtc));
        var stretches = new List<(long, long, int)>();
        var offset = Offset(first);
        for (var at = first; at < end;)
        {
            var next = Math.Min(at + QuarterHour.PerDay, end);
            if (Offset(next) is var later && later != offset)
            {
                var (before, after) = (at, next);
                while (after - before > 1)
                {
                    var middle = (before + after) / 2;
                    (before, after) = Offset(middle) == offset ? (middle, after) : (before, middle);
                }

                stretches.Add((first, after, offset));
                (first, next, offset) = (after, after, Offset(after));
            }

            at = next;
        }

        stretches.Add((first, end, offset));
        return stretches;

        int Offset(long quarter) => (int)zone.GetUtcOffset(QuarterHour.StartUtc(quarter)).TotalMinutes;
    }

    // Halving finds the stretch of a row in a few comparisons, where a chain of ORs would try eighty years one after the other.
    private static Expression Choose(Expression quarter, IReadOnlyList<(long FirstQuarter, long EndQuarter, int OffsetMinutes)> stretches, int first, int end, ImageFilter filter)
    {
        if (end - first == 1)
        {
            return Holds(quarter, stretches[first].OffsetMinutes, filter);
        }

        var middle = (first + end) / 2;
        return Expression.Condition(
            Expression.LessThan(quarter, Expression.Constant(stretches[middle].FirstQuarter)),
            Choose(quarter, stretches, first, middle, filter),
            Choose(quarter, stretches, middle, end, filter));
    }

    private static Expression Holds(Expression quarter, int offsetMinutes, ImageFilter filter)
    {
        var minutes = Expression.Add(Expression.Multiply(quarter, Expression.Constant((long)QuarterHour.Minutes)), Expression.Constant((long)offsetMinutes));
        Expression? condition = null;
        if (filter.Weekday is { } weekday)
        {
            // The first of January of the year 1 was a Monday.
            var days = Expression.Divide(minutes, Expression.Constant((long)MinutesOfDay));
            condition = Expression.Equal(Expression.Modulo(days, Expression.Constant(7L)), Expression.Constant(((long)weekday + 6) % 7));
        }

        if (filter.Hour is { } hour)
        {
            var isHour = Expression.Equal(Expression.Modulo(Expression.Divide(minutes, Expression.Constant(60L)), Expression.Constant(24L)), Expression.Constant((long)hour));
            condition = condition is null ? isHour : Expression.AndAlso(condition, isHour);
        }

        return condition!;
    }
}
