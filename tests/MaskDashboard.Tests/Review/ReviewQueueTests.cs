using MaskDashboard.Compliance;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Review;

public sealed class ReviewQueueTests
{
    private static readonly TimeZoneInfo _zone = TimeZoneInfo.Utc;

    [Fact]
    public async Task Queue_MixedImages_BeginsWithTheUncertainThenTheSmallestMarginThenTheNewest()
    {
        await using var host = await DashboardHost.CreateAsync();
        var confident = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        var nobodyOld = await AddAsync(host, [], At(1));
        var uncertain = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(300, MaskLabel.Uncertain)]);
        var close = await AddAsync(host, [Face(0, MaskLabel.NoMask, margin: 0.55f), Face(300, MaskLabel.Mask)]);
        var nobodyNew = await AddAsync(host, [], At(2));
        var nobodyNewToo = await AddAsync(host, [], At(2));
        var belowThreshold = await AddAsync(host, [Face(0, MaskLabel.Uncertain, score: 0.3f)], At(0));

        var expected = new[] { uncertain, close, confident, nobodyNewToo, nobodyNew, nobodyOld, belowThreshold }.Select(analysis => analysis.ImageId).ToList();
        Assert.Equal(expected, await WalkAsync(host, new ImageFilter()));
        Assert.Equal(expected.AsEnumerable().Reverse(), await WalkBackAsync(host, new ImageFilter(), expected[^1]));

        static DateTime At(int day) => new(2026, 4, 10 + day, 8, 0, 0, DateTimeKind.Utc);
    }

    [Fact]
    public async Task Neighbour_ImageCorrectedMeanwhile_KeepsItsPlace()
    {
        await using var host = await DashboardHost.CreateAsync();
        var first = await AddAsync(host, [Face(0, MaskLabel.Uncertain)]);
        var second = await AddAsync(host, [Face(0, MaskLabel.NoMask, margin: 0.55f)]);
        var queue = host.Get<ReviewQueue>();
        var place = (await queue.FindAsync(first.ImageId))!;

        await host.Get<FaceCorrections>().CorrectAsync(first.Id, [new FaceStatement(first.Faces[0].Id, ReviewedLabel.Mask)], Kim);
        await host.Get<ReviewMarks>().MarkAsync(first.Id, Kim);

        Assert.Equal(second.ImageId, await queue.NeighbourAsync(new ImageFilter(), _zone, place, forward: true));
        Assert.Null(await queue.NeighbourAsync(new ImageFilter(), _zone, place, forward: false));
        Assert.Equal(0, (await queue.FindAsync(first.ImageId))!.Doubt);
    }

    [Fact]
    public async Task Queue_Filter_LeavesTheOthersOut()
    {
        await using var host = await DashboardHost.CreateAsync();
        var gate = await AddAsync(host, [Face(0, MaskLabel.Mask)], site: "Gate");
        await AddAsync(host, [Face(0, MaskLabel.Uncertain)], site: "Hall");

        Assert.Equal([gate.ImageId], await WalkAsync(host, new ImageFilter { SiteId = gate.SiteId }));
        Assert.Equal([gate.ImageId], await WalkAsync(host, new ImageFilter { Search = "gate", State = AnalysisState.Queued, SiteId = gate.SiteId }));
        Assert.Null(await host.Get<ReviewQueue>().FirstAsync(new ImageFilter { From = new DateOnly(2027, 1, 1) }, _zone));
    }

    [Fact]
    public async Task Queue_Reviewed_BeginsWithTheLast()
    {
        await using var host = await DashboardHost.CreateAsync();
        var images = new List<ImageAnalysis>();
        for (var number = 0; number < 3; number++)
        {
            images.Add(await AddAsync(host, [Face(0, MaskLabel.Mask)]));
        }

        foreach (var index in new[] { 1, 2, 0 })
        {
            await host.Get<ReviewMarks>().MarkAsync(images[index].Id, Kim);
        }

        long[] expected = [images[0].ImageId, images[2].ImageId, images[1].ImageId];
        var filter = new ImageFilter { Reviewed = true };
        Assert.Equal(expected, await WalkAsync(host, filter));
        Assert.Equal(expected.Reverse(), await WalkBackAsync(host, filter, expected[^1]));
        Assert.Empty(await WalkAsync(host, new ImageFilter()));
    }

    [Fact]
    public async Task CountsAsync_SomeReviewed_CountsBothSides()
    {
        await using var host = await DashboardHost.CreateAsync();
        await AddAsync(host, [Face(0, MaskLabel.Uncertain)]);
        await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        await AddAsync(host, []);
        var reviewed = await AddAsync(host, [Face(0, MaskLabel.NoMask)]);
        await host.Get<ReviewMarks>().MarkAsync(reviewed.Id, Kim);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        Assert.Equal(new ReviewCounts(3, 1, 1, 1, 1), await host.Get<ReviewQueue>().CountsAsync(new ImageFilter { Reviewed = true }, _zone, today));
        Assert.Equal(0, (await host.Get<ReviewQueue>().CountsAsync(new ImageFilter(), _zone, today.AddDays(2))).ReviewedToday);
    }

    private static async Task<List<long>> WalkAsync(DashboardHost host, ImageFilter filter)
    {
        var queue = host.Get<ReviewQueue>();
        return await FollowAsync(host, await queue.FirstAsync(filter, _zone), place => queue.NeighbourAsync(filter, _zone, place, forward: true));
    }

    private static Task<List<long>> WalkBackAsync(DashboardHost host, ImageFilter filter, long from) =>
        FollowAsync(host, from, place => host.Get<ReviewQueue>().NeighbourAsync(filter, _zone, place, forward: false));

    private static async Task<List<long>> FollowAsync(DashboardHost host, long? imageId, Func<ReviewPosition, Task<long?>> step)
    {
        var walked = new List<long>();
        while (imageId is { } shown && walked.Count < 20)
        {
            walked.Add(shown);
            imageId = await step((await host.Get<ReviewQueue>().FindAsync(shown))!);
        }

        return walked;
    }
}
