using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Compliance;

public sealed class FigureRollupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Triggers_RandomOperations_EqualADirectRecount(int seed)
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        var random = new Random(seed);
        for (var step = 0; step < 60; step++)
        {
            await scene.AddAsync(RandomTime(random), random.Next(3) is var site && site > 0 ? site : null, random.Next(4), random.Next(3), random.Next(2), random.Next(3), reviewed: random.Next(4) == 0);
        }

        for (var step = 0; step < 120; step++)
        {
            await host.Get<DatabaseWriter>().WriteAsync(async (context, token) =>
            {
                var ids = await context.Analyses.Select(stored => stored.Id).ToListAsync(token);
                var picked = ids[random.Next(ids.Count)];
                var analysis = await context.Analyses.SingleAsync(stored => stored.Id == picked, token);
                switch (random.Next(9))
                {
                    case 0: analysis.IsCurrent = !analysis.IsCurrent; break;
                    case 1: analysis.State = (AnalysisState)random.Next(5); break;
                    case 2: (analysis.MaskCount, analysis.NoMaskCount) = (random.Next(5), random.Next(5)); break;
                    case 3: analysis.ReviewedAtUtc = analysis.ReviewedAtUtc is null ? FigureScene.Noon : null; break;
                    case 4: analysis.CapturedAtUtc = RandomTime(random); break;
                    case 5: analysis.SiteId = analysis.SiteId is null ? 1 : null; break;
                    case 6: analysis.Detector = analysis.Detector == DetectorKind.Haar ? DetectorKind.YuNet : DetectorKind.Haar; break;
                    // Deleting the image takes its analyses with it; bulk statements go past the change tracker.
                    case 7: await context.Images.Where(image => image.Id == analysis.ImageId).ExecuteDeleteAsync(token); context.ChangeTracker.Clear(); break;
                    default: await context.Analyses.Where(stored => stored.UncertainCount > 0 && stored.Id % 7 == 0).ExecuteUpdateAsync(update => update.SetProperty(stored => stored.UncertainCount, stored => stored.UncertainCount + 1), token); break;
                }

                return true;
            });
        }

        await using var context = await host.OpenAsync();
        var kept = await RowsAsync(context);
        await context.Database.ExecuteSqlRawAsync(RollupTriggers.RecountSql);
        Assert.NotEmpty(kept);
        Assert.Equal(await RowsAsync(context), kept);
    }

    [Fact]
    public async Task EnsureAsync_TriggerLost_IsMadeAgainAndEverythingCounted()
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        await using var context = await host.OpenAsync();
        Assert.False(await RollupTriggers.EnsureAsync(context));
        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER \"Rollup_Insert\"");
        await scene.AddAsync(FigureScene.Noon, null, 2, 1, 0, 2);
        Assert.Empty(await RowsAsync(context));

        Assert.True(await RollupTriggers.EnsureAsync(context));

        Assert.Equal(2, (await RowsAsync(context)).Count);
        await scene.AddAsync(FigureScene.Noon, null, 1, 0, 0, 0);
        Assert.All(await context.FigureRollups.ToListAsync(), row => Assert.Equal((2, 3, 3), (row.Images, row.Mask, row.FacesInPairs)));
    }

    [Fact]
    public async Task Triggers_SecondSetOfModels_IsAMark()
    {
        await using var host = await DashboardHost.CreateAsync();
        var scene = await FigureScene.CreateAsync(host);
        await scene.AddAsync(FigureScene.Noon, null, 1, 0, 0, 0);
        await scene.AddAsync(FigureScene.Noon.AddHours(2), null, 1, 0, 0, 0, models: "newer");

        var day = DateOnly.FromDateTime(FigureScene.Noon);
        var overview = await host.Get<ComplianceQueries>().OverviewAsync(new ImageFilter { From = day, To = day }, null, TimeZoneInfo.Utc, DayOfWeek.Monday);

        var mark = Assert.Single(overview.Marks);
        Assert.Equal(("newer", FigureScene.Noon.AddHours(2)), (mark.ModelVersion, mark.AtUtc));
    }

    private static DateTime RandomTime(Random random) => FigureScene.Noon.AddMinutes(random.Next(-200, 200)).AddTicks(random.Next(10_000_000));

    private static async Task<List<(long, long, DetectorKind, bool, int, int, int, int, int, int)>> RowsAsync(DashboardDbContext context) =>
        [.. (await context.FigureRollups.AsNoTracking().OrderBy(row => row.SiteId).ThenBy(row => row.Quarter).ThenBy(row => row.Detector).ThenBy(row => row.Reviewed).ToListAsync())
            .Select(row => (row.SiteId, row.Quarter, row.Detector, row.Reviewed, row.Images, row.Mask, row.NoMask, row.Uncertain, row.TooClose, row.FacesInPairs))];
}
