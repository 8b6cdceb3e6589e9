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
            if (step % 10 == 0)
            {
                await AssertCopyAndTotalsAsync(host, random);
            }
        }

        await using var context = await host.OpenAsync();
        var kept = await RowsAsync(context);
        await context.Database.ExecuteSqlRawAsync(RollupTriggers.RecountSql);
        Assert.NotEmpty(kept);
        Assert.Equal(await RowsAsync(context), kept);
    }

    [Fact]
    public async Task EnsureAsync_RowsThatCountNothing_AreDropped()
    {
        await using var host = await DashboardHost.CreateAsync();
        await (await FigureScene.CreateAsync(host)).AddAsync(FigureScene.Noon, null, 1, 0, 0, 0);
        await host.Get<DatabaseWriter>().WriteAsync((context, token) => context.Images.ExecuteDeleteAsync(token));
        await using var context = await host.OpenAsync();
        Assert.Equal(2, await context.FigureRollups.CountAsync());

        Assert.False(await RollupTriggers.EnsureAsync(context));

        Assert.Equal(0, await context.FigureRollups.CountAsync());
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

    // The copy in memory, which only learns what changed, equals the database; and so do the totals of lists, whatever they ask for.
    private static async Task AssertCopyAndTotalsAsync(DashboardHost host, Random random)
    {
        await using var context = await host.OpenAsync();
        var copy = await host.Get<FigureTable>().ReadAsync(
            rows => rows.Sites.Append(FigureRollup.AllSites).Order().SelectMany(site => rows.Of(site, default).ToArray().Select(row => (site, row))).ToList(), CancellationToken.None);
        Assert.Equal(await RowsAsync(context), copy.Select(entry => (
            entry.site, entry.row.Quarter, entry.row.Detector, entry.row.Reviewed, entry.row.Figures.Images, entry.row.Figures.Faces.Mask, entry.row.Figures.Faces.NoMask, entry.row.Figures.Faces.Uncertain, entry.row.Figures.Faces.TooClose, entry.row.Figures.FacesInPairs)));
        foreach (var filter in new ImageFilter[]
        {
            new(),
            new() { SiteId = FigureRollup.NoSite, Reviewed = false },
            new() { SiteId = 1, Detector = DetectorKind.YuNet, From = DateOnly.FromDateTime(FigureScene.Noon) },
            new() { Hour = random.Next(9, 16), Weekday = FigureScene.Noon.DayOfWeek },
            new() { State = (AnalysisState)random.Next(5) },
            new() { SinceUtc = RandomTime(random), State = AnalysisState.Done },
            new() { UntilUtc = RandomTime(random) },
        })
        {
            var expected = await context.Filtered(filter, TimeZoneInfo.Utc).CountAsync();
            Assert.Equal(expected, (await host.Get<HistoryQueries>().PageAsync(filter, TimeZoneInfo.Utc, 0, 1)).Total);
        }
    }

    private static DateTime RandomTime(Random random) => FigureScene.Noon.AddMinutes(random.Next(-200, 200)).AddTicks(random.Next(10_000_000));

    private static async Task<List<(long, long, DetectorKind, bool, int, int, int, int, int, int)>> RowsAsync(DashboardDbContext context) =>
        [.. (await context.FigureRollups.AsNoTracking().Where(row => row.Images > 0).OrderBy(row => row.SiteId).ThenBy(row => row.Quarter).ThenBy(row => row.Detector).ThenBy(row => row.Reviewed).ToListAsync())
            .Select(row => (row.SiteId, row.Quarter, row.Detector, row.Reviewed, row.Images, row.Mask, row.NoMask, row.Uncertain, row.TooClose, row.FacesInPairs))];
}
