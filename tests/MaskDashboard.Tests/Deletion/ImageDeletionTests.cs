using MaskDashboard.Accounts;
using MaskDashboard.Analysis;
using MaskDashboard.Compliance;
using MaskDashboard.Deletion;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Deletion;

public sealed class ImageDeletionTests
{
    private static readonly Actor s_someone = new("7", "kim", "192.0.2.7", AccountRole.Administrator);

    [Fact]
    public async Task DeleteAsync_ReviewedImage_LeavesNothingInAnyTableOrFile()
    {
        await using var host = await DashboardHost.CreateAsync();
        var doomed = await AcceptAsync(host, "group.jpg", "unmistakable-name.jpg");
        var kept = await AcceptAsync(host, "two-too-close.jpg", "kept.jpg");
        await host.Get<AnalysisQueue>().EnqueueAsync(doomed.ImageId, DetectorKind.Haar);
        await host.RunQueueAsync();
        await CorrectAsync(host, doomed.AnalysisId);
        var backup = Path.Combine(host.Get<DataFolder>().BackupsFolder, "before-migration-20260101-000000.db");
        await using (var context = await host.OpenAsync())
        {
            await context.Database.ExecuteSqlAsync($"VACUUM INTO {backup}");
        }

        var traces = await Traces.OfAsync(host, doomed.ImageId);
        Assert.Contains("Images.Sha256", traces.Rows());
        Assert.Contains("Corrections.FaceId", traces.Rows());
        Assert.Contains(Path.Combine("backups", Path.GetFileName(backup)) + ": thumbnail", traces.Files());

        var deletion = host.Get<ImageDeletion>();
        var (selection, said) = await deletion.CountAsync(ImageSelection.Of(doomed.ImageId));
        var deleted = await deletion.DeleteAsync(selection, s_someone);

        Assert.Equal(new DeletionCount(1, 8, 1), said);
        Assert.Equal(said, deleted);
        Assert.Empty(traces.Rows());
        Assert.Empty(traces.Files());
        Assert.NotNull(await host.Get<ResultQueries>().FindAsync(kept.ImageId));
        Assert.Single(host.Get<OriginalStore>().All());
        await using var after = await host.OpenAsync();
        var entry = await after.AuditEntries.SingleAsync(stored => stored.Action == AuditAction.Deletion);
        Assert.Equal(("kim", $"Images deleted: 1, with 8 faces and 1 corrections. Numbers {doomed.ImageId}"), (entry.UserName, entry.Details));
    }

    [Fact]
    public async Task Create_KilledBetweenRowsAndFiles_LeavesNothing()
    {
        var folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;
        try
        {
            Traces traces;
            await using (var host = await DashboardHost.CreateAsync(folder))
            {
                var doomed = await AcceptAsync(host, "one-bare.png", "unmistakable-name.png");
                await host.RunQueueAsync();
                traces = await Traces.OfAsync(host, doomed.ImageId);
                await host.Get<ImageDeletion>().DeleteRowsAsync([doomed.ImageId], Actor.Program);
                Assert.NotEmpty(traces.Files());
            }

            await using var again = await DashboardHost.CreateAsync(folder);
            Assert.Empty(traces.Rows());
            Assert.Empty(traces.Files());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task DeleteAsync_WhileItsAnalysisRuns_DoesNotComeBack()
    {
        await using var host = await DashboardHost.CreateAsync();
        var doomed = await AcceptAsync(host, "two-too-close.jpg", "unmistakable-name.jpg");
        var traces = await Traces.OfAsync(host, doomed.ImageId);
        var heard = new List<AnalysisState?>();
        using var subscription = host.Get<AnalysisEvents>().Subscribe(news =>
        {
            heard.Add(news.State);
            if (news.State == AnalysisState.Running)
            {
                // The file stays for the moment, so that the analysis goes on to its end.
                host.Get<ImageDeletion>().DeleteRowsAsync([doomed.ImageId], s_someone).GetAwaiter().GetResult();
            }
        });

        await host.RunQueueAsync();
        await host.Get<DeletedContent>().EmptyLogAsync();

        Assert.Equal([AnalysisState.Running], heard);
        Assert.Empty(traces.Rows());
        Assert.DoesNotContain(traces.Files(), file => !file.StartsWith("originals", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeleteAsync_AllOfAFilter_SparesWhatArrivedAfterItWasCounted()
    {
        await using var host = await DashboardHost.CreateAsync();
        await AcceptAsync(host, "one-bare.png", "a.png", "Gate");
        await AcceptAsync(host, "group.jpg", "b.jpg", "Hall");
        var deletion = host.Get<ImageDeletion>();
        await using var context = await host.OpenAsync();
        var gate = await context.Sites.SingleAsync(site => site.Name == "Gate");
        var (selection, said) = await deletion.CountAsync(new ImageSelection(new ImageFilter { SiteId = gate.Id }, TimeZoneInfo.Utc));
        var late = await AcceptAsync(host, "two-too-close.jpg", "c.jpg", "Gate");

        var deleted = await deletion.DeleteAsync(selection, s_someone);

        Assert.Equal((1, 1), (said.Images, deleted.Images));
        Assert.Equal(["b.jpg", "c.jpg"], await context.Images.OrderBy(image => image.Id).Select(image => image.FileName).ToListAsync());
        Assert.True(File.Exists(host.Get<OriginalStore>().PathOf((await host.Get<ResultQueries>().FindAsync(late.ImageId))!.Image.Sha256)));
    }

    [Fact]
    public async Task RunAsync_DeletedRightAfterItWasTaken_IsPassedOver()
    {
        await using var host = await DashboardHost.CreateAsync();
        var doomed = await AcceptAsync(host, "one-bare.png", "a.png");
        var taken = await host.Get<AnalysisQueue>().TakeAsync(CancellationToken.None);
        await host.Get<ImageDeletion>().DeleteAsync(ImageSelection.Of(doomed.ImageId), s_someone);

        using var analyzer = host.Get<VisionRuntime>().CreateAnalyzer();
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(host.Get<IServiceProvider>());
        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<AnalysisService>(scope.ServiceProvider)
            .RunAsync(taken!.Value.AnalysisId, taken.Value.ImageId, analyzer, CancellationToken.None);

        await using var context = await host.OpenAsync();
        Assert.Equal(0, await context.Analyses.CountAsync());
    }

    private static async Task CorrectAsync(DashboardHost host, long analysisId) => await host.Get<DatabaseWriter>().WriteAsync(async (context, token) =>
    {
        var face = await context.Faces.FirstAsync(stored => stored.AnalysisId == analysisId, token);
        context.Add(new FaceCorrection { FaceId = face.Id, Label = ReviewedLabel.Mask, AtUtc = DateTime.UtcNow });
        return true;
    });

    private static async Task<IntakeResult> AcceptAsync(DashboardHost host, string sample, string name, string? site = null)
    {
        await using var file = DashboardHost.Sample(sample);
        return await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(name, site));
    }
}
