using MaskDashboard.Compliance;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Review;

public sealed class ReviewMarksTests
{
    [Fact]
    public async Task MarkAsync_Image_SaysWhoAndWhenOnce()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        var marks = host.Get<ReviewMarks>();

        Assert.True(await marks.MarkAsync(analysis.Id, Kim));
        Assert.False(await marks.MarkAsync(analysis.Id, Lee));

        var stored = await ReadAsync(host, analysis.Id);
        Assert.Equal(("kim", false), (stored.ReviewedById, stored.ReviewedUnseen));
        Assert.NotNull(stored.ReviewedAtUtc);
        await using var context = await host.OpenAsync();
        Assert.Equal($"Image {analysis.ImageId}: reviewed", (await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.Review)).Details);
    }

    [Fact]
    public async Task UnmarkAsync_Marked_WaitsForReviewAgain()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        var marks = host.Get<ReviewMarks>();
        await marks.MarkAsync(analysis.Id, Kim);

        Assert.True(await marks.UnmarkAsync(analysis.Id, Kim));
        Assert.False(await marks.UnmarkAsync(analysis.Id, Kim));

        var stored = await ReadAsync(host, analysis.Id);
        Assert.Equal((null, null), (stored.ReviewedAtUtc, stored.ReviewedById));
    }

    [Fact]
    public async Task MarkConfidentAsync_Filter_MarksThoseWithoutDoubtAndTakesThemBack()
    {
        await using var host = await DashboardHost.CreateAsync();
        var sure = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(300, MaskLabel.NoMask)], site: "Gate");
        var looked = await AddAsync(host, [Face(0, MaskLabel.Mask)], site: "Gate");
        await AddAsync(host, [Face(0, MaskLabel.Mask, margin: 0.8f)], site: "Gate");
        await AddAsync(host, [Face(0, MaskLabel.Uncertain)], site: "Gate");
        await AddAsync(host, [], site: "Gate");
        await AddAsync(host, [Face(0, MaskLabel.Mask)], site: "Hall");
        var (marks, filter) = (host.Get<ReviewMarks>(), new ImageFilter { SiteId = sure.SiteId });

        var together = await marks.MarkConfidentAsync(filter, TimeZoneInfo.Utc, Kim);

        Assert.Equal(2, together.Count);
        var stored = await ReadAsync(host, sure.Id);
        Assert.Equal(("kim", true), (stored.ReviewedById, stored.ReviewedUnseen));
        Assert.True(await marks.MarkAsync(looked.Id, Lee));
        Assert.Equal(0, await marks.UnmarkTogetherAsync(together, Lee));
        Assert.Equal(1, await marks.UnmarkTogetherAsync(together, Kim));
        Assert.Null((await ReadAsync(host, sure.Id)).ReviewedAtUtc);
        Assert.Equal("lee", (await ReadAsync(host, looked.Id)).ReviewedById);
    }
}
