using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Compliance;

public sealed class ComplianceQueriesTests
{
    private static readonly TimeZoneInfo _kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    private static readonly TimeZoneInfo _newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Fact]
    public async Task OverviewAsync_DaysOfAHalfHourZone_EndAtItsMidnight()
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        // 18:29 and 18:30 UTC are the last minute of 4 March and the first of 5 March in Kolkata.
        await scene.AddAsync(new DateTime(2026, 3, 4, 18, 29, 59, DateTimeKind.Utc), 1, 2, 1, 0, 2);
        await scene.AddAsync(new DateTime(2026, 3, 4, 18, 30, 0, DateTimeKind.Utc), null, 1, 0, 1, 0);

        var overview = await OverviewAsync(host, new ImageFilter { From = new(2026, 3, 4), To = new(2026, 3, 5) }, ChartStep.Day, _kolkata);

        Assert.Equal([new(1, new(2, 1, 0, 2), 3), new(1, new(1, 0, 1, 0), 2)], overview.Slots.Select(slot => slot.Figures));
        Assert.Equal(new PeriodFigures(2, new(3, 1, 1, 2), 5), overview.Total);
        Assert.Equal(new PeriodFigures(1, new(2, 1, 0, 2), 3), overview.Hours[(int)DayOfWeek.Wednesday][23]);
        Assert.Equal(new PeriodFigures(1, new(1, 0, 1, 0), 2), overview.Hours[(int)DayOfWeek.Thursday][0]);
        Assert.Equal([(1L, "Gate"), (null, null)], overview.Sites.Select(site => (site.SiteId, site.SiteName)).OrderByDescending(site => site.SiteId));
    }

    [Fact]
    public async Task OverviewAsync_RepeatedHour_IsTwoBarsOfWhichEachLeadsToItsOwn()
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        // 01:30 twice: before and after the clocks go back on 1 November 2026.
        await scene.AddAsync(new DateTime(2026, 11, 1, 5, 30, 0, DateTimeKind.Utc), null, 1, 0, 0, 0);
        await scene.AddAsync(new DateTime(2026, 11, 1, 6, 30, 0, DateTimeKind.Utc), null, 0, 1, 0, 0);
        var day = new ImageFilter { From = new(2026, 11, 1), To = new(2026, 11, 1) };

        var overview = await OverviewAsync(host, day, null, _newYork);

        Assert.Equal((ChartStep.Hour, 25), (overview.Step, overview.Slots.Count));
        var bars = overview.Slots.Where(slot => slot.Figures.Images > 0).ToList();
        Assert.Equal([(1, 0), (0, 1)], bars.Select(bar => (bar.Figures.Faces.Mask, bar.Figures.Faces.NoMask)));
        var behind = await host.Get<HistoryQueries>().PageAsync(new ImageFilter { SinceUtc = bars[0].StartUtc, UntilUtc = bars[0].EndUtc }, _newYork, 0, 10);
        Assert.Equal("1.jpg", Assert.Single(behind.Rows).FileName);
        Assert.Equal(2, overview.Hours[(int)DayOfWeek.Sunday][1].Images);
    }

    [Fact]
    public async Task OverviewAsync_PeriodBefore_IsAsManyDaysRightBefore()
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        foreach (var day in new[] { 1, 2, 3, 4, 5, 6, 7 })
        {
            await scene.AddAsync(new DateTime(2026, 3, day, 12, 0, 0, DateTimeKind.Utc), null, day, 0, 0, 0);
        }

        var overview = await OverviewAsync(host, new ImageFilter { From = new(2026, 3, 6), To = new(2026, 3, 7) }, null, TimeZoneInfo.Utc);
        Assert.Equal((13, 9), (overview.Total.Faces.Mask, overview.Before!.Value.Faces.Mask));
        Assert.Null((await OverviewAsync(host, new ImageFilter(), null, TimeZoneInfo.Utc)).Before);
    }

    [Fact]
    public async Task OverviewAsync_NoPeriod_RunsFromTheFirstPhotographToTheLast()
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        await scene.AddAsync(new DateTime(2024, 1, 31, 12, 0, 0, DateTimeKind.Utc), 1, 1, 0, 0, 0);
        await scene.AddAsync(new DateTime(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc), 2, 1, 0, 0, 0);

        var overview = await OverviewAsync(host, new ImageFilter(), null, TimeZoneInfo.Utc);

        Assert.Equal((ChartStep.Month, 36), (overview.Step, overview.Slots.Count));
        Assert.Equal((1, 1), (overview.Slots[0].Figures.Images, overview.Slots[^1].Figures.Images));
        var huge = await OverviewAsync(host, new ImageFilter { From = DateOnly.MinValue, To = DateOnly.MaxValue }, ChartStep.Hour, TimeZoneInfo.Utc);
        Assert.Equal((2, 36), (huge.Total.Images, huge.Slots.Count));
    }

    [Theory]
    [InlineData("site=1", 1)]
    [InlineData("site=0", 1)]
    [InlineData("detector=haar", 1)]
    [InlineData("reviewed=yes", 1)]
    [InlineData("reviewed=no", 2)]
    [InlineData("weekday=wednesday", 2)]
    [InlineData("weekday=wednesday&hour=7", 1)]
    [InlineData("hour=7", 2)]
    [InlineData("since=2026-03-04T12:15Z", 2)]
    [InlineData("until=2026-03-04T12:15Z", 1)]
    [InlineData("from=2026-03-05", 1)]
    [InlineData("from=2026-03-05&to=2026-03-04", 0)]
    public async Task Figures_AnyFilter_CountWhatTheListShows(string query, int expected)
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        await scene.AddAsync(FigureScene.Noon, 1, 1, 0, 0, 0, reviewed: true);
        await scene.AddAsync(FigureScene.Noon.AddHours(1), 2, 1, 0, 0, 0, detector: DetectorKind.Haar);
        await scene.AddAsync(FigureScene.Noon.AddDays(1), null, 1, 0, 0, 0);
        var filter = ImageFilter.Parse(query);

        Assert.Equal(expected, (await host.Get<HistoryQueries>().PageAsync(filter, _newYork, 0, 10)).Total);
        Assert.Equal(expected, (await host.Get<ComplianceQueries>().FiguresAsync(filter, _newYork)).Images);
        var overview = await OverviewAsync(host, filter, null, _newYork);
        Assert.Equal(expected, overview.Total.Images);
        Assert.Equal(expected, overview.Sites.Sum(site => site.Figures.Images));
        Assert.Equal(expected, overview.Slots.Sum(slot => slot.Figures.Images));
    }

    private static Task<PeriodOverview> OverviewAsync(DashboardHost host, ImageFilter filter, ChartStep? step, TimeZoneInfo zone) =>
        host.Get<ComplianceQueries>().OverviewAsync(filter, step, zone, DayOfWeek.Monday);
}
