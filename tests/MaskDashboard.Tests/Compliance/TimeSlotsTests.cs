using MaskDashboard.Compliance;
using MaskDashboard.Storage;

namespace MaskDashboard.Tests.Compliance;

public sealed class TimeSlotsTests
{
    [Theory]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Asia/Seoul", "2026-03-08", 24)]
    [InlineData("Asia/Kathmandu", "2026-03-08", 24)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 25)]
    public void Cut_HoursOfADay_FollowTheClock(string zoneId, string date, int count)
    {
        var (zone, day) = (TimeZoneInfo.FindSystemTimeZoneById(zoneId), DateOnly.ParseExact(date, "yyyy-MM-dd", null));
        var (start, end) = (FilteredAnalyses.StartOfDayUtc(day, zone), FilteredAnalyses.StartOfDayUtc(day.AddDays(1), zone));

        var slots = TimeSlots.Cut(start, end, ChartStep.Hour, zone, DayOfWeek.Monday);

        Assert.Equal(count, slots.Count);
        AssertNoGaps(slots, start, end);
        Assert.All(slots, slot => Assert.Equal(day, DateOnly.FromDateTime(slot.LocalStart)));
    }

    [Theory]
    [InlineData(DayOfWeek.Monday, "2026-05-13,2026-05-18,2026-05-25")]
    [InlineData(DayOfWeek.Sunday, "2026-05-13,2026-05-17,2026-05-24,2026-05-31")]
    public void Cut_Weeks_BeginWithTheViewersFirstDay(DayOfWeek first, string starts)
    {
        var slots = TimeSlots.Cut(Utc(2026, 5, 13), Utc(2026, 6, 1), ChartStep.Week, TimeZoneInfo.Utc, first);
        Assert.Equal(starts, string.Join(',', slots.Select(slot => slot.LocalStart.ToString("yyyy-MM-dd", null))));
        AssertNoGaps(slots, Utc(2026, 5, 13), Utc(2026, 6, 1));
    }

    [Fact]
    public void Cut_Months_OfUnequalLength_AreWhole()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var (start, end) = (FilteredAnalyses.StartOfDayUtc(new(2026, 1, 31), zone), FilteredAnalyses.StartOfDayUtc(new(2026, 5, 1), zone));
        var slots = TimeSlots.Cut(start, end, ChartStep.Month, zone, DayOfWeek.Monday);
        Assert.Equal([new(2026, 1, 31), new(2026, 2, 1), new(2026, 3, 1), new(2026, 4, 1)], slots.Select(slot => slot.LocalStart));
        AssertNoGaps(slots, start, end);
    }

    [Fact]
    public void StartOfDayUtc_MidnightThatIsShownTwice_IsTheFirstOfTheTwo()
    {
        // In Havana the clocks go back from 01:00 to 00:00 on 1 November 2026; the day began an hour before.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Havana");
        Assert.Equal(new DateTime(2026, 11, 1, 4, 0, 0, DateTimeKind.Utc), FilteredAnalyses.StartOfDayUtc(new(2026, 11, 1), zone));
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Asia/Seoul")]
    public void LocalTimeFilter_AnyQuarter_AgreesWithTheClock(string zoneId)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var random = new Random(7);
        foreach (var filter in new[] { new ImageFilter { Weekday = DayOfWeek.Sunday }, new ImageFilter { Hour = 1 }, new ImageFilter { Weekday = DayOfWeek.Sunday, Hour = 2, From = new(2024, 1, 1), To = new(2027, 1, 1) } })
        {
            var holds = LocalTimeFilter.Of<long>(filter, zone, quarter => quarter)!.Compile();
            var period = UtcPeriod.Of(filter, zone);
            var first = QuarterHour.Of(period.StartUtc ?? Utc(2000, 1, 1));
            var end = QuarterHour.Of(period.EndUtc ?? Utc(2030, 1, 1));
            for (var draw = 0; draw < 20_000; draw++)
            {
                var quarter = random.NextInt64(first, end);
                var local = TimeZoneInfo.ConvertTimeFromUtc(QuarterHour.StartUtc(quarter), zone);
                Assert.Equal((filter.Weekday ?? local.DayOfWeek) == local.DayOfWeek && (filter.Hour ?? local.Hour) == local.Hour, holds(quarter));
            }
        }
    }

    private static DateTime Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);

    private static void AssertNoGaps(IReadOnlyList<TimeSlot> slots, DateTime start, DateTime end)
    {
        Assert.Equal((start, end), (slots[0].StartUtc, slots[^1].EndUtc));
        Assert.All(slots.Zip(slots.Skip(1)), pair => Assert.Equal(pair.First.EndUtc, pair.Second.StartUtc));
    }
}
