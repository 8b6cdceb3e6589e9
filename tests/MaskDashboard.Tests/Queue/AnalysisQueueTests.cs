using MaskDashboard.Analysis;
using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

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
    public async Task RunQueue_ResultCannotBeStored_FailsWithTheReasonAndCanBeRetried()
    {
        await using var host = await DashboardHost.CreateAsync(arguments: ["--Queue:StoreAttempts", "1"]);
        var upload = await AcceptAsync(host, "one-bare.png");
        await using var context = await host.OpenAsync();
        await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER refuse BEFORE INSERT ON Thumbnails BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

        await host.RunQueueAsync();

        var failed = await context.Analyses.SingleAsync();
        Assert.Equal((AnalysisState.Failed, OutcomeStore.NotStored), (failed.State, failed.FailureReason));
        Assert.Equal(0, await context.Faces.CountAsync());

        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER refuse");
        await host.Get<AnalysisQueue>().RetryAsync(upload.AnalysisId);
        await host.RunQueueAsync();
        Assert.Equal(AnalysisState.Done, (await context.Analyses.SingleAsync()).State);
    }

    [Fact]
    public async Task StoreAsync_DatabaseRefusesForAWhile_StoresTheResultInTheEnd()
    {
        await using var host = await DashboardHost.CreateAsync();
        var upload = await AcceptAsync(host, "one-bare.png");
        await using var context = await host.OpenAsync();
        await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER refuse BEFORE UPDATE ON Analyses BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        var waits = new List<TimeSpan>();
        var clock = new ImpatientClock(wait =>
        {
            waits.Add(wait);
            if (waits.Count == 3)
            {
                context.Database.ExecuteSqlRaw("DROP TRIGGER refuse");
            }
        });
        var outcomes = new OutcomeStore(host.Get<DatabaseWriter>(), Microsoft.Extensions.Options.Options.Create(new QueueOptions()), clock, NullLogger<OutcomeStore>.Instance);

        var state = await outcomes.StoreAsync(upload.AnalysisId, AnalysisState.Done, stored => stored.FaceCount = 7, CancellationToken.None);

        Assert.Equal(AnalysisState.Done, state);
        Assert.Equal([0.5, 1, 2], waits.Select(wait => wait.TotalSeconds));
        Assert.Equal((AnalysisState.Done, 7), await context.Analyses.Select(analysis => ValueTuple.Create(analysis.State, analysis.FaceCount)).SingleAsync());
    }

    [Fact]
    public async Task StoreAsync_DeletedWhileItRan_SaysThatNothingIsKept()
    {
        await using var host = await DashboardHost.CreateAsync();

        Assert.Null(await host.Get<OutcomeStore>().StoreAsync(404, AnalysisState.Done, _ => Assert.Fail("There is no row."), CancellationToken.None));
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

    /// <summary>Waits no time, and tells how long it should have.</summary>
    private sealed class ImpatientClock(Action<TimeSpan> waited) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            waited(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
