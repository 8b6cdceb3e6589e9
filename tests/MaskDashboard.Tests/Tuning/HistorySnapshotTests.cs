using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Tuning;

public sealed class HistorySnapshotTests
{
    [Fact]
    public async Task JudgeAsync_SettingsInForce_ChangesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        await AddAsync(host, [Face(0, MaskLabel.Mask), Face(100, MaskLabel.NoMask), Face(500, MaskLabel.Uncertain), Face(800, MaskLabel.Mask, score: 0.3f)]);

        var result = await host.Get<WhatIfQueries>().JudgeAsync(host.Get<SettingsStore>().Current, new ImageFilter(), TimeZoneInfo.Utc);

        Assert.Equal((1, 0, 0), (result.Images, result.ChangedFaces, result.ImagesToLookAtAgain));
        Assert.Equal((new ComplianceFigures(1, 1, 1, 2), result.Before), (result.Before, result.After));
    }

    [Fact]
    public async Task ImagesAsync_CorrectionNewImageAndDeletion_AreFollowed()
    {
        await using var host = await DashboardHost.CreateAsync();
        var snapshot = host.Get<HistorySnapshot>();
        var first = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        var second = await AddAsync(host, [Face(0, MaskLabel.NoMask)]);
        Assert.Equal(2, (await snapshot.ImagesAsync(new ImageFilter(), TimeZoneInfo.Utc)).Count);

        await host.Get<FaceCorrections>().CorrectAsync(first.Id, [new FaceStatement(first.Faces[0].Id, ReviewedLabel.NoMask)], Kim);
        var third = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        host.Get<AnalysisQueue>().Announce(third.Id, third.ImageId, AnalysisState.Done);
        await host.Get<DatabaseWriter>().WriteAsync((context, token) => context.Images.Where(image => image.Id == second.ImageId).ExecuteDeleteAsync(token));
        host.Get<AnalysisEvents>().Publish(new AnalysisEvent(second.Id, second.ImageId, null));

        var images = await snapshot.ImagesAsync(new ImageFilter(), TimeZoneInfo.Utc);
        Assert.Equal([first.ImageId, third.ImageId], images.Select(image => image.ImageId).Order());
        Assert.Equal(new StandingVerdict(true, MaskLabel.NoMask), images.Single(image => image.ImageId == first.ImageId).Faces[0].Standing);
        Assert.Equal(MaskLabel.NoMask, images.Single(image => image.ImageId == first.ImageId).Faces[0].Label);
    }

    [Fact]
    public async Task ImagesAsync_Filters_AreThoseOfTheLists()
    {
        await using var host = await DashboardHost.CreateAsync();
        var seoul = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");
        // 15:30 UTC on 1 March is half past midnight on 2 March in Seoul.
        await AddAsync(host, [Face(0, MaskLabel.Mask)], new DateTime(2026, 3, 1, 15, 30, 0, DateTimeKind.Utc), "Gate", "first.jpg");
        await AddAsync(host, [Face(0, MaskLabel.Mask)], new DateTime(2026, 3, 1, 14, 30, 0, DateTimeKind.Utc), "Hall", "second.jpg");
        var reviewed = await AddAsync(host, [Face(0, MaskLabel.Mask)], new DateTime(2026, 3, 5, 8, 0, 0, DateTimeKind.Utc), null, "third.jpg");
        await host.Get<ReviewMarks>().MarkAsync(reviewed.Id, Kim);
        var site = (await host.Get<HistoryQueries>().SitesAsync()).Single(stored => stored.Name == "Hall").Id;
        ImageFilter[] filters =
        [
            new(),
            new() { From = new DateOnly(2026, 3, 2), To = new DateOnly(2026, 3, 2) },
            new() { SiteId = site },
            new() { Reviewed = true },
            new() { Reviewed = false },
            new() { Search = "gate" },
            new() { Detector = DetectorKind.Haar },
        ];

        foreach (var filter in filters)
        {
            var listed = await host.Get<HistoryQueries>().PageAsync(filter, seoul, 0, 10);
            var found = await host.Get<HistorySnapshot>().ImagesAsync(filter, seoul);
            Assert.Equal(listed.Rows.Select(row => row.ImageId).Order(), found.Select(image => image.ImageId).Order());
        }
    }
}
