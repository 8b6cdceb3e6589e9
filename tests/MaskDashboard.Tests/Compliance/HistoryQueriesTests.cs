using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Compliance;

public sealed class HistoryQueriesTests
{
    [Fact]
    public async Task PageAsync_Filters_SelectByDaySiteAndName()
    {
        await using var host = await DashboardHost.CreateAsync();
        var intake = host.Get<ImageIntake>();
        await AcceptAsync("two-too-close.jpg", "Gate", new DateTime(2026, 3, 1, 15, 30, 0, DateTimeKind.Utc));
        await AcceptAsync("group.jpg", "Hall", new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
        await AcceptAsync("one-bare.png", null, new DateTime(2026, 3, 3, 9, 0, 0, DateTimeKind.Utc));
        var history = host.Get<HistoryQueries>();
        var seoul = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");

        var all = await history.PageAsync(new ImageFilter(), seoul, 1, 1);
        Assert.Equal((3, "group.jpg"), (all.Total, Assert.Single(all.Rows).FileName));

        // 15:30 UTC on 1 March is half past midnight on 2 March in Seoul.
        var day = await history.PageAsync(new ImageFilter { From = new DateOnly(2026, 3, 2), To = new DateOnly(2026, 3, 2) }, seoul, 0, 10);
        Assert.Equal(["group.jpg", "two-too-close.jpg"], day.Rows.Select(row => row.FileName));

        Assert.Equal("two-too-close.jpg", Assert.Single((await history.PageAsync(new ImageFilter { Search = "gate" }, seoul, 0, 10)).Rows).FileName);
        Assert.Empty((await history.PageAsync(new ImageFilter { Search = "%" }, seoul, 0, 10)).Rows);
        Assert.Equal(0, (await history.PageAsync(new ImageFilter { State = AnalysisState.Done }, seoul, 0, 10)).Total);
        Assert.Equal(0, (await history.PageAsync(new ImageFilter { Detector = DetectorKind.Haar }, seoul, 0, 10)).Total);

        async Task AcceptAsync(string sample, string? site, DateTime capturedAtUtc)
        {
            await using var file = DashboardHost.Sample(sample);
            await intake.AcceptAsync(file, new IntakeRequest(sample, site, capturedAtUtc));
        }
    }

    [Theory]
    [InlineData("gate", "gate 7 \"west\".jpg", "hall.png")] // a name, and the site of another
    [InlineData("GATE 7", "gate 7 \"west\".jpg")]
    [InlineData("7 \"west\"", "gate 7 \"west\".jpg")]
    [InlineData("정문", "정문 100%.jpg")] // two letters: read, not looked up
    [InlineData("정문 1", "정문 100%.jpg")]
    [InlineData("00%", "정문 100%.jpg")]
    [InlineData("a_l")]
    [InlineData("e\0s")]
    [InlineData("jpg", "gate 7 \"west\".jpg", "정문 100%.jpg")]
    public async Task PageAsync_Search_FindsTheTextAnywhereInNamesAndSites(string text, params string[] found)
    {
        await using var host = await DashboardHost.CreateAsync();
        var intake = host.Get<ImageIntake>();
        foreach (var (sample, name, site) in new[] { ("two-too-close.jpg", "gate 7 \"west\".jpg", "Roof"), ("one-bare.png", "hall.png", "Gates"), ("group.jpg", "정문 100%.jpg", null) })
        {
            await using var file = DashboardHost.Sample(sample);
            await intake.AcceptAsync(file, new IntakeRequest(name, site, null));
        }

        var page = await host.Get<HistoryQueries>().PageAsync(new ImageFilter { Search = text }, TimeZoneInfo.Utc, 0, 10);

        Assert.Equal(found.Order(StringComparer.Ordinal), page.Rows.Select(row => row.FileName).Order(StringComparer.Ordinal));
        Assert.Equal(found.Length, page.Total);
    }

    [Fact]
    public void Parse_WhatToQueryWrote_GivesTheSameFilter()
    {
        var filter = new ImageFilter
        {
            From = new DateOnly(2026, 1, 2),
            To = new DateOnly(2026, 1, 31),
            SinceUtc = new DateTime(2026, 1, 3, 4, 15, 0, DateTimeKind.Utc),
            UntilUtc = new DateTime(2026, 1, 4, 0, 0, 0, DateTimeKind.Utc),
            Weekday = DayOfWeek.Saturday,
            Hour = 23,
            SiteId = 3,
            Detector = DetectorKind.Haar,
            Reviewed = false,
            State = AnalysisState.Failed,
            Search = "gate & hall",
        };

        Assert.Equal(filter, ImageFilter.Parse(new Uri("http://localhost" + filter.ToAddress("/history")).Query));
        Assert.True(ImageFilter.Parse("?from=yesterday&since=now&weekday=someday&hour=24&site=x&state=7").IsEmpty);
    }
}
