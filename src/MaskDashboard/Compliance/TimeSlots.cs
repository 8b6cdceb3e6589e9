using MaskDashboard.Storage;

namespace MaskDashboard.Compliance;

/// <summary>A stretch of time that one bar of a chart stands for.</summary>
/// <param name="StartUtc">First moment, on a quarter hour.</param>
/// <param name="EndUtc">First moment after.</param>
/// <param name="LocalStart">What the viewer's clock shows at the start.</param>
/// <param name="Figures">What was counted in it.</param>
public sealed record TimeSlot(DateTime StartUtc, DateTime EndUtc, DateTime LocalStart, PeriodFigures Figures);

/// <summary>Cuts a period into hours, days, weeks or months of the viewer's clock.</summary>
public static class TimeSlots
{
    /// <summary>The stretches of a period in order, without gaps. The first and last may be cut short by the period; the hour that summer time's end repeats is two.</summary>
    /// <param name="startUtc">First moment.</param>
    /// <param name="endUtc">First moment after the period.</param>
    /// <param name="step">Length of a stretch.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="firstDayOfWeek">First day of the viewer's week.</param>
    public static IReadOnlyList<TimeSlot> Cut(DateTime startUtc, DateTime endUtc, ChartStep step, TimeZoneInfo zone, DayOfWeek firstDayOfWeek)
    {
        var starts = (step == ChartStep.Hour ? Hours(startUtc, endUtc, zone) : Days(startUtc, endUtc, step, zone, firstDayOfWeek)).ToList();
        return [.. starts.Select((start, index) => new TimeSlot(
            start,
            index + 1 < starts.Count ? starts[index + 1] : endUtc,
            TimeZoneInfo.ConvertTimeFromUtc(start, zone),
            PeriodFigures.None))];
    }

    // An hour ends when the clock shows another one or when its distance to UTC changes.
    private static IEnumerable<DateTime> Hours(DateTime startUtc, DateTime endUtc, TimeZoneInfo zone)
    {
        (DateTime, TimeSpan)? last = null;
        for (var utc = startUtc; utc < endUtc; utc = utc.AddMinutes(QuarterHour.Minutes))
        {
            var offset = zone.GetUtcOffset(utc);
            var local = utc + offset;
            var hour = (local.Date.AddHours(local.Hour), offset);
            if (hour != last)
            {
                last = hour;
                yield return utc;
            }
        }
    }

    private static IEnumerable<DateTime> Days(DateTime startUtc, DateTime endUtc, ChartStep step, TimeZoneInfo zone, DayOfWeek firstDayOfWeek)
    {
        if (startUtc >= endUtc)
        {
            yield break;
        }

        yield return startUtc;
        var day = StepStart(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(startUtc, zone)), step, firstDayOfWeek);
        while (true)
        {
            day = step switch
            {
                ChartStep.Day => day.AddDays(1),
                ChartStep.Week => day.AddDays(7),
                _ => day.AddMonths(1),
            };
            var start = FilteredAnalyses.StartOfDayUtc(day, zone);
            if (start >= endUtc)
            {
                yield break;
            }

            // A zone may leave a whole day out (Samoa in 2011): it has no stretch.
            if (start > startUtc && FilteredAnalyses.StartOfDayUtc(day.AddDays(1), zone) > start)
            {
                yield return start;
            }
        }
    }

    private static DateOnly StepStart(DateOnly day, ChartStep step, DayOfWeek firstDayOfWeek) => step switch
    {
        ChartStep.Week => day.AddDays(-(((int)day.DayOfWeek - (int)firstDayOfWeek + 7) % 7)),
        ChartStep.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };
}
