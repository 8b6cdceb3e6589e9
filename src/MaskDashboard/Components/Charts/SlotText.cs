using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Charts;

/// <summary>How stretches of time are written, in the viewer's language and on the viewer's clock.</summary>
public static class SlotText
{
    private static DateTimeFormatInfo Format => CultureInfo.CurrentCulture.DateTimeFormat;

    /// <summary>The whole name of a slot.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="time">The viewer's clock.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="step">Its length.</param>
    public static string Name(IStringLocalizer<Text> localizer, ViewerTime time, TimeSlot slot, ChartStep step) => step switch
    {
        // The hour that the end of summer time repeats has the same name twice but for its distance to UTC.
        ChartStep.Hour when time.Zone.IsAmbiguousTime(slot.LocalStart) => time.Exact(slot.StartUtc),
        ChartStep.Hour => slot.LocalStart.ToString("g", CultureInfo.CurrentCulture),
        ChartStep.Day => $"{slot.LocalStart.ToString("ddd", CultureInfo.CurrentCulture)} {slot.LocalStart.ToString("d", CultureInfo.CurrentCulture)}",
        ChartStep.Week => localizer["Week from {0}", slot.LocalStart.ToString("d", CultureInfo.CurrentCulture)],
        _ => slot.LocalStart.ToString("y", CultureInfo.CurrentCulture),
    };

    /// <summary>The short name of a slot for an axis.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="step">Its length.</param>
    public static string Short(TimeSlot slot, ChartStep step) => step switch
    {
        ChartStep.Hour when slot.LocalStart.Hour != 0 => slot.LocalStart.ToString("t", CultureInfo.CurrentCulture),
        ChartStep.Month => slot.LocalStart.ToString(Abbreviated(Format.YearMonthPattern), CultureInfo.CurrentCulture),
        _ => Day(slot.LocalStart),
    };

    /// <summary>What a change was, with its time.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="time">The viewer's clock.</param>
    /// <param name="mark">The change.</param>
    public static string Name(IStringLocalizer<Text> localizer, ViewerTime time, ChangeMark mark) => mark.SettingsVersion is { } version
        ? localizer["{0}: settings version {1} came into force ({2})", time.DateAndTime(mark.AtUtc), version, mark.Reason!]
        : localizer["{0}: other {1} models ({2})", time.DateAndTime(mark.AtUtc), mark.Detector!, mark.ModelVersion!];

    /// <summary>A word for a change.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="mark">The change.</param>
    public static string Short(IStringLocalizer<Text> localizer, ChangeMark mark) =>
        mark.SettingsVersion is { } version ? localizer["v{0}", version] : localizer["model"];

    /// <summary>Day and month.</summary>
    /// <param name="local">On the viewer's clock.</param>
    public static string Day(DateTime local) => local.ToString(Abbreviated(Format.MonthDayPattern), CultureInfo.CurrentCulture);

    /// <summary>A weekday's name.</summary>
    /// <param name="weekday">The weekday.</param>
    public static string Weekday(DayOfWeek weekday) => Format.GetDayName(weekday);

    /// <summary>An hour of the day from its begin to its end.</summary>
    /// <param name="hour">0 to 23.</param>
    public static string Hour(int hour) => $"{Clock(hour)}–{Clock(hour + 1)}";

    /// <summary>Two moments; the day once when both are on it.</summary>
    /// <param name="time">The viewer's clock.</param>
    /// <param name="sinceUtc">First moment.</param>
    /// <param name="untilUtc">First moment after.</param>
    public static string Moments(ViewerTime time, DateTime sinceUtc, DateTime untilUtc)
    {
        var (since, until) = (time.ToLocal(sinceUtc), time.ToLocal(untilUtc));
        var sameDay = since.Date == until.AddTicks(-1).Date;
        return $"{since.ToString("g", CultureInfo.CurrentCulture)}–{until.ToString(sameDay ? "t" : "g", CultureInfo.CurrentCulture)}";
    }

    private static string Clock(int hour) => new TimeOnly(hour % 24, 0).ToString("t", CultureInfo.CurrentCulture);

    private static string Abbreviated(string pattern) => pattern.Replace("MMMM", "MMM", StringComparison.Ordinal);
}
