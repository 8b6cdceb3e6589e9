using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Housekeeping;

public sealed class PlannerStatisticsTests
{
    [Fact]
    public async Task RefreshAsync_CountsOnceUntilTheImagesGrow()
    {
        await using var host = await DashboardHost.CreateAsync();
        var statistics = host.Get<PlannerStatistics>();
        Assert.True(await statistics.RefreshAsync());
        Assert.False(await statistics.RefreshAsync());

        await using (var file = DashboardHost.Sample("one-bare.png"))
        {
            await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest("one-bare.png", null, null));
        }

        Assert.True(await statistics.RefreshAsync());
        Assert.False(await statistics.RefreshAsync());
        await using var context = await host.OpenAsync();
        Assert.StartsWith("1 ", Assert.Single(await context.Database.SqlQuery<string>($"SELECT stat AS \"Value\" FROM sqlite_stat1 WHERE idx = 'IX_Analyses_Lists'").ToListAsync()), StringComparison.Ordinal);
        // Samples of values would keep names and hashes of deleted images.
        Assert.Empty(await context.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM sqlite_master WHERE name = 'sqlite_stat4'").ToListAsync());
    }
}
