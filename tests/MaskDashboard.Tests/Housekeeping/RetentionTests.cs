using System.ComponentModel.DataAnnotations;
using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Housekeeping;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Housekeeping;

public sealed class RetentionTests
{
    [Fact]
    public async Task ApplyAsync_WithoutRules_RemovesNothing()
    {
        await using var host = await OldAndNewAsync();

        Assert.Equal(default, await host.Get<Retention>().ApplyAsync());
        Assert.Equal(2, host.Get<OriginalStore>().All().Count());
    }

    [Fact]
    public async Task ApplyAsync_OriginalsAndThumbnails_LeavesTheResult()
    {
        await using var host = await OldAndNewAsync();
        var retention = host.Get<Retention>();
        var rules = new RetentionRules { OriginalDays = 30, ThumbnailDays = 60 };
        await retention.SaveAsync(rules, Actor.Program);

        Assert.Equal(new RetentionCount(0, 1, 1), await retention.CountAsync(rules));
        Assert.Equal(new RetentionCount(0, 1, 1), await retention.ApplyAsync());

        Assert.Single(host.Get<OriginalStore>().All());
        await using var context = await host.OpenAsync();
        Assert.Equal(2, await context.Images.CountAsync());
        Assert.Equal(1, await context.Thumbnails.CountAsync());
        Assert.Equal([false, true], await context.Images.OrderBy(image => image.Id).Select(image => image.HasOriginal).ToListAsync());
        Assert.Equal(2, (await host.Get<ResultQueries>().FindAsync(1))!.Analysis.FaceCount);
        Assert.Equal(default, await retention.ApplyAsync());
    }

    [Fact]
    public async Task ApplyAsync_Results_LeavesNothingOfTheImage()
    {
        await using var host = await OldAndNewAsync();
        var retention = host.Get<Retention>();
        var rules = new RetentionRules { OriginalDays = 30, ResultDays = 90 };
        await retention.SaveAsync(rules, Actor.Program);

        Assert.Equal(new RetentionCount(1, 0, 0), await retention.CountAsync(rules));
        Assert.Equal(new RetentionCount(1, 0, 0), await retention.ApplyAsync());

        await using var context = await host.OpenAsync();
        Assert.Equal(2, await context.Images.Select(image => image.Id).SingleAsync());
        Assert.Single(host.Get<OriginalStore>().All());
    }

    [Fact]
    public async Task ApplyAsync_ImageThatWaitsForItsAnalysis_IsLeftAlone()
    {
        await using var host = await OldAndNewAsync(analysed: false);
        var retention = host.Get<Retention>();
        await retention.SaveAsync(new RetentionRules { OriginalDays = 1, ThumbnailDays = 1, ResultDays = 1 }, Actor.Program);

        Assert.Equal(default, await retention.ApplyAsync());
        Assert.Equal(2, host.Get<OriginalStore>().All().Count());
    }

    [Fact]
    public async Task Start_KilledBetweenRowAndFile_DeletesTheOriginal()
    {
        var folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;
        try
        {
            await using (var host = await DashboardHost.CreateAsync(folder))
            {
                await AcceptAsync(host, "two-too-close.jpg");
                await using var context = await host.OpenAsync();
                await context.Images.ExecuteUpdateAsync(update => update.SetProperty(image => image.HasOriginal, false));
            }

            await using var again = await DashboardHost.CreateAsync(folder);
            Assert.Empty(again.Get<OriginalStore>().All());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3651)]
    public async Task SaveAsync_DaysOutOfBounds_IsRefused(int days)
    {
        await using var host = await DashboardHost.CreateAsync();

        await Assert.ThrowsAsync<ValidationException>(() => host.Get<Retention>().SaveAsync(new RetentionRules { ThumbnailDays = days }, Actor.Program));

        Assert.False((await host.Get<Retention>().RulesAsync()).Any);
    }

    [Fact]
    public async Task SaveAsync_Twice_KeepsOneRowAndNotesWhoChangedIt()
    {
        await using var host = await DashboardHost.CreateAsync();

        await host.Get<Retention>().SaveAsync(new RetentionRules { OriginalDays = 30 }, Actor.Program);
        await host.Get<Retention>().SaveAsync(new RetentionRules { ResultDays = 365 }, new Actor("7", "kim", null, AccountRole.Administrator));

        var rules = await host.Get<Retention>().RulesAsync();
        Assert.Equal((null, null, 365), (rules.OriginalDays, rules.ThumbnailDays, rules.ResultDays));
        await using var context = await host.OpenAsync();
        var entry = await context.AuditEntries.OrderByDescending(stored => stored.Id).FirstAsync();
        Assert.Equal((AuditAction.Administration, "kim", "Retention in days: originals kept, thumbnails kept, results 365"), (entry.Action, entry.UserName, entry.Details));
    }

    // The first image was uploaded 100 days ago, the second today.
    private static async Task<DashboardHost> OldAndNewAsync(bool analysed = true)
    {
        var host = await DashboardHost.CreateAsync();
        var old = await AcceptAsync(host, "two-too-close.jpg");
        await AcceptAsync(host, "one-bare.png");
        if (analysed)
        {
            await host.RunQueueAsync();
        }

        await using var context = await host.OpenAsync();
        var uploaded = DateTime.UtcNow.AddDays(-100);
        await context.Images.Where(image => image.Id == old).ExecuteUpdateAsync(update => update.SetProperty(image => image.UploadedAtUtc, uploaded));
        return host;
    }

    private static async Task<long> AcceptAsync(DashboardHost host, string sample)
    {
        await using var file = DashboardHost.Sample(sample);
        return (await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(sample))).ImageId;
    }
}
