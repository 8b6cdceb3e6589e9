using MaskDashboard.Storage;

namespace MaskDashboard.Compliance;

/// <summary>What a time zone's clocks show at quarter hours; fast for many in the order of time.</summary>
internal sealed class LocalClock
{
    private readonly IReadOnlyList<(long FirstQuarter, long EndQuarter, int OffsetMinutes)> _stretches;
    private int _present;

    /// <summary>For the quarter hours of a period.</summary>
    /// <param name="zone">The time zone.</param>
    /// <param name="firstQuarter">The first.</param>
    /// <param name="lastQuarter">The last.</param>
    public LocalClock(TimeZoneInfo zone, long firstQuarter, long lastQuarter) =>
        _stretches = LocalTimeFilter.Stretches(zone, QuarterHour.StartUtc(firstQuarter), QuarterHour.StartUtc(lastQuarter + 1));

    /// <summary>Weekday and hour that the clocks show.</summary>
    /// <param name="quarter">A quarter hour of the period.</param>
    public (DayOfWeek Weekday, int Hour) At(long quarter)
    {
        while (quarter < _stretches[_present].FirstQuarter)
        {
            _present--;
        }

        while (quarter >= _stretches[_present].EndQuarter)
        {
            _present++;
        }

        var minutes = (quarter * QuarterHour.Minutes) + _stretches[_present].OffsetMinutes;
        // The first of January of the year 1 was a Monday.
        return ((DayOfWeek)(((minutes / (24 * 60)) + 1) % 7), (int)(minutes / 60 % 24));
    }
}
