using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Queue;

public sealed class AnalysisQueueTests
{
    [Fact]
    public async Task RunQueue_Samples_StoresTheirFigures()
    {
        await using var host = await DashboardHost.CreateAsync();
        var group = await AcceptAsync(host, "group.jpg");
        var room = await AcceptAsync(host, "empty-room.webp");

        await host.RunQueueAsync();

        var result = (await host.Get<ResultQueries>().FindAsync(group.ImageId))!;
        Assert.Equal(AnalysisState.Done, result.Analysis.State);
        Assert.Equal((8, 5, 3, 0), (result.Analysis.FaceCount, result.Analysis.MaskCount, result.Analysis.NoMaskCount, result.Analysis.UncertainCount));
        Assert.All(result.Analysis.Faces.Where(face => face.Counted), face => Assert.NotNull(face.NearestMetres));
        Assert.Equal(0, (await host.Get<ResultQueries>().FindAsync(room.ImageId))!.Analysis.FaceCount);
        var figures = await host.Get<ComplianceQueries>().FiguresAsync(new ImageFilter(), TimeZoneInfo.Utc);
        Assert.Equal((2, new ComplianceFigures(5, 3, 0, result.Analysis.TooCloseCount)), (figures.Images, figures.Faces));
    }

    [Fact]
    public async Task RunQueue_OriginalGone_FailsInWordsAndCanBeRetried()
    {
        await using var host = await DashboardHost.CreateAsync();
        var upload = await AcceptAsync(host, "one-bare.png");
        var original = host.Get<OriginalStore>().PathOf((await host.Get<ResultQueries>().FindAsync(upload.ImageId))!.Image.Sha256);
        File.Move(original, original + ".away");

        await host.RunQueueAsync();

        var failed = (await host.Get<ResultQueries>().FindAsync(upload.ImageId))!.Analysis;
        Assert.Equal(AnalysisState.Failed, failed.State);
        Assert.Contains("upload it again", failed.FailureReason, StringComparison.Ordinal);

        File.Move(original + ".away", original);
        Assert.Equal(1, await host.Get<AnalysisQueue>().RetryAllFailedAsync());
        await using var context = await host.OpenAsync();
        var retried = await context.Analyses.SingleAsync();
        Assert.Equal((AnalysisState.Queued, null), (retried.State, retried.FailureReason));
    }

    [Fact]
    public async Task CancelAsync_WaitingAnalysis_IsTakenOutAndCanComeBack()
    {
        await using var host = await DashboardHost.CreateAsync();
        var upload = await AcceptAsync(host, "one-bare.png");
        var queue = host.Get<AnalysisQueue>();

        Assert.True(await queue.CancelAsync(upload.AnalysisId));
        Assert.False(await queue.CancelAsync(upload.AnalysisId));
        Assert.Equal(new QueueState(0, 0, 0), await queue.StateAsync());
        Assert.True(await queue.RetryAsync(upload.AnalysisId));
        Assert.Equal(new QueueState(1, 0, 0), await queue.StateAsync());
    }

    [Fact]
    public async Task EnqueueAsync_OtherDetectorTwice_MakesOneAnalysisThatIsNotCurrent()
    {
        await using var host = await DashboardHost.CreateAsync();
        var upload = await AcceptAsync(host, "one-bare.png");
        var queue = host.Get<AnalysisQueue>();

        var first = await queue.EnqueueAsync(upload.ImageId, DetectorKind.Haar);
        var second = await queue.EnqueueAsync(upload.ImageId, DetectorKind.Haar);

        Assert.Equal(first, second);
        await using var context = await host.OpenAsync();
        Assert.False((await context.Analyses.SingleAsync(analysis => analysis.Id == first)).IsCurrent);
    }

    [Fact]
    public async Task Create_AfterAStopInTheMiddle_QueuesWhatWasRunning()
    {
        var folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;
        try
        {
            await using (var host = await DashboardHost.CreateAsync(folder))
            {
                await AcceptAsync(host, "one-bare.png");
                Assert.NotNull(await host.Get<AnalysisQueue>().TakeAsync(CancellationToken.None));
                Directory.CreateDirectory(Path.Combine(host.Get<DataFolder>().OriginalsFolder, "00"));
                await File.WriteAllTextAsync(Path.Combine(host.Get<DataFolder>().OriginalsFolder, "00", new string('0', 64)), "never answered");
            }

            await using var again = await DashboardHost.CreateAsync(folder);
            Assert.Equal(new QueueState(1, 0, 0), await again.Get<AnalysisQueue>().StateAsync());
            Assert.Single(again.Get<OriginalStore>().All());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Create_FolderInUse_SaysSo()
    {
        await using var host = await DashboardHost.CreateAsync();

        var exception = await Assert.ThrowsAsync<StartupException>(() => DashboardHost.CreateAsync(host.Folder));

        Assert.Contains("Another dashboard is using the data folder", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<IntakeResult> AcceptAsync(DashboardHost host, string sample)
    {
        await using var file = DashboardHost.Sample(sample);
        return await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(sample));
    }
}
