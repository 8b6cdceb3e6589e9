using MaskDashboard.Components.Viewer;
using Microsoft.Extensions.Time.Testing;

namespace MaskDashboard.Tests.Components.Viewer;

public sealed class ViewerTimeTests : IDisposable
{
    private readonly CultureScope _culture = new("en-GB");
    private readonly ViewerTime _time = new(new FakeTimeProvider(new DateTimeOffset(2026, 5, 13, 20, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Today_EastOfUtc_IsAlreadyTomorrow()
    {
        _time.Use("Asia/Seoul");
        Assert.Equal(new DateOnly(2026, 5, 14), _time.Today);
    }

    [Theory]
    [InlineData("en-GB", 11)]
    [InlineData("en-US", 10)]
    public void StartOfWeek_Culture_DecidesTheFirstDay(string culture, int expectedDay)
    {
        using var scope = new CultureScope(culture);
        Assert.Equal(new DateOnly(2026, 5, expectedDay), _time.StartOfWeek);
    }

    [Fact]
    public void Use_NameNobodyKnows_KeepsTheZone()
    {
        _time.Use("Asia/Seoul");
        _time.Use("Mars/Olympus");
        Assert.Equal("Asia/Seoul", _time.Zone.Id);
    }

    [Fact]
    public void Use_AnotherZone_TellsThePages()
    {
        var changes = 0;
        _time.Changed += () => changes++;
        _time.Use("Asia/Seoul");
        _time.Use("Asia/Seoul");
        Assert.Equal(1, changes);
    }

    [Fact]
    public void FromLocal_SummerTime_HasTheOffsetOfThatDay()
    {
        _time.Use("Europe/Berlin");
        Assert.Equal(TimeSpan.FromHours(2), _time.FromLocal(new DateTime(2026, 7, 1, 12, 0, 0)).Offset);
        Assert.Equal(TimeSpan.FromHours(1), _time.FromLocal(new DateTime(2026, 1, 1, 12, 0, 0)).Offset);
    }

    [Fact]
    public void FromLocal_TimeTheClockSkips_IsMovedPastTheGap()
    {
        _time.Use("Europe/Berlin");
        Assert.Equal(new DateTime(2026, 3, 29, 1, 30, 0), _time.FromLocal(new DateTime(2026, 3, 29, 2, 30, 0)).UtcDateTime);
    }

    [Fact]
    public void Exact_Zone_IsNamedByItsOffset()
    {
        _time.Use("Asia/Seoul");
        Assert.Equal("14/05/2026 05:00:00 UTC+09:00", _time.Exact(new DateTime(2026, 5, 13, 20, 0, 0, DateTimeKind.Utc)));
    }

    public void Dispose() => _culture.Dispose();
}
