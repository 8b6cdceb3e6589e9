using System.Text.Json;
using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Tuning;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Tuning;

public sealed class HistoryJobTests
{
    [Fact]
    public async Task RunAsync_OtherThresholds_JudgesEveryStoredResultAsAFreshOneWouldBe()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analyses = await AddManyAsync(host, HistoryJobSteps.ImagesAtOnce + 7);
        var version = await SaveAsync(host);

        await StartAndRunAsync(host);

        var job = (await host.Get<HistoryJobs>().LatestAsync())!;
        Assert.Equal((HistoryJobState.Done, analyses.Count, analyses.Count, 0), (job.Job.State, job.Job.Total, job.Job.Judged, job.Job.LookAgain));
        foreach (var before in analyses)
        {
            var after = await ReadAsync(host, before.Id);
            var fresh = Judgement.Judge(
                new FrameMeasurement
                {
                    Width = 1000,
                    Height = 500,
                    Detector = DetectorKind.YuNet,
                    Candidates = [.. before.Faces.OrderBy(face => face.Index).Select(face => new FaceCandidate(new FaceDetection(face.Box, face.Score), new MaskProbabilities(face.MaskProbability, face.NoMaskProbability)))],
                },
                version.Settings);
            Assert.Equal(version.VersionId, after.SettingsVersionId);
            Assert.Equal(fresh.Figures, new ComplianceFigures(after.MaskCount, after.NoMaskCount, after.UncertainCount, after.TooCloseCount));
            Assert.Equal(
                fresh.Faces.Select(face => (face.Counted, face.Label, face.TooClose, face.NearestPixelsTopLeft, face.NearestMetres)),
                after.Faces.Select(face => (face.Counted, face.Label, face.TooClose, face.NearestPixelsTopLeft, face.NearestMetres)));
        }
    }

    [Fact]
    public async Task RollBackAsync_AfterAJob_BringsEveryRowBackExactly()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analyses = await AddManyAsync(host, 20);
        await host.Get<FaceCorrections>().CorrectAsync(analyses[0].Id, [new FaceStatement(analyses[0].Faces[0].Id, ReviewedLabel.NotAFace)], Kim);
        var before = await DumpAsync(host);
        await SaveAsync(host);
        await StartAndRunAsync(host);
        Assert.NotEqual(before, await DumpAsync(host));

        await RollBackAsync(host);

        Assert.Equal(before, await DumpAsync(host));
        var job = (await host.Get<HistoryJobs>().LatestAsync())!;
        Assert.Equal((HistoryJobState.RolledBack, 20, false), (job.Job.State, job.Job.TakenBack, job.CanBeTakenBack));
    }

    [Fact]
    public async Task RunAsync_CorrectedFaces_KeepWhatReviewersSaid()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(100, MaskLabel.NoMask), Face(300, MaskLabel.Mask, score: 0.3f)]);
        var corrections = host.Get<FaceCorrections>();
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[0].Id, ReviewedLabel.NoMask), new FaceStatement(analysis.Faces[2].Id, ReviewedLabel.Mask)], Kim);
        await host.Get<ReviewMarks>().MarkAsync(analysis.Id, Kim);
        await SaveAsync(host, new AnalysisSettings { MinDetectionScore = 0.95 });

        await StartAndRunAsync(host);

        // The second face falls below the threshold; the two that a person spoke of stay as they said.
        var after = await ReadAsync(host, analysis.Id);
        Assert.Equal((2, 1, 1, 0, 0), Figures(after));
        Assert.Equal([false, false, false], after.Faces.Select(face => face.Counted));
        Assert.NotNull(after.ReviewedAtUtc);

        // What is said after the job stands after its roll-back.
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[1].Id, ReviewedLabel.Mask)], Kim);
        await RollBackAsync(host);
        after = await ReadAsync(host, analysis.Id);
        Assert.Equal((3, 2, 1, 0, 2), Figures(after));
        Assert.Equal([true, true, false], after.Faces.Select(face => face.Counted));
    }

    [Fact]
    public async Task RunAsync_StoppedInTheMiddle_GoesOnAtTheNextStart()
    {
        var folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;
        try
        {
            string expected;
            await using (var undisturbed = await DashboardHost.CreateAsync())
            {
                await AddManyAsync(undisturbed, 120);
                await SaveAsync(undisturbed);
                await StartAndRunAsync(undisturbed);
                expected = await DumpAsync(undisturbed);
            }

            await using (var host = await DashboardHost.CreateAsync(folder))
            {
                await AddManyAsync(host, 120);
                await SaveAsync(host);
                var jobId = (await host.Get<HistoryJobs>().StartAsync(Kim))!.Value;
                Assert.True(await host.Get<HistoryJobSteps>().JudgeAsync(jobId, CancellationToken.None));
            }

            await using var again = await DashboardHost.CreateAsync(folder);
            var job = (await again.Get<HistoryJobs>().LatestAsync())!;
            Assert.Equal((HistoryJobState.Running, HistoryJobSteps.ImagesAtOnce), (job.Job.State, job.Job.Judged));
            await again.Get<HistoryJobRunner>().RunAsync(CancellationToken.None);
            Assert.Equal((HistoryJobState.Done, 120), ((await again.Get<HistoryJobs>().LatestAsync())!.Job.State, (await again.Get<HistoryJobs>().LatestAsync())!.Job.Judged));
            Assert.Equal(expected, await DumpAsync(again));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task CancelAsync_InTheMiddle_LeavesTheRestAndCanBeTakenBack()
    {
        await using var host = await DashboardHost.CreateAsync();
        await AddManyAsync(host, HistoryJobSteps.ImagesAtOnce + 5);
        var before = await DumpAsync(host);
        await SaveAsync(host);
        var jobs = host.Get<HistoryJobs>();
        var jobId = (await jobs.StartAsync(Kim))!.Value;
        await host.Get<HistoryJobSteps>().JudgeAsync(jobId, CancellationToken.None);
        Assert.Null(await jobs.StartAsync(Kim));

        Assert.True(await jobs.CancelAsync(jobId, Kim));

        await host.Get<HistoryJobRunner>().RunAsync(CancellationToken.None);
        Assert.Equal((HistoryJobState.Cancelled, HistoryJobSteps.ImagesAtOnce, 5), ((await jobs.LatestAsync())!.Job.State, (await jobs.LatestAsync())!.Job.Judged, await jobs.ResultsOfOtherVersionsAsync()));
        await RollBackAsync(host);
        Assert.Equal(before, await DumpAsync(host));
        await using var context = await host.OpenAsync();
        Assert.Equal(4, await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.Settings && entry.UserName == Kim.Name));
    }

    [Fact]
    public async Task RunAsync_OtherEngine_HasTheModelsLookAgainAndCarriesCorrections()
    {
        await using var host = await DashboardHost.CreateAsync();
        await using (var file = DashboardHost.Sample("two-masked-apart.jpg"))
        {
            await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest("two-masked-apart.jpg", Detector: DetectorKind.YuNet));
        }

        await host.RunQueueAsync();
        ImageAnalysis former;
        await using (var context = await host.OpenAsync())
        {
            former = await context.Analyses.Include(analysis => analysis.Faces.Where(face => face.Counted)).SingleAsync();
        }

        await host.Get<FaceCorrections>().CorrectAsync(former.Id, [new FaceStatement(former.Faces[0].Id, ReviewedLabel.NoMask)], Kim);
        var (version, jobs, runner) = (await SaveAsync(host, AnalysisSettings.Notebook), host.Get<HistoryJobs>(), host.Get<HistoryJobRunner>());
        await jobs.StartAsync(Kim);
        await runner.RunAsync(CancellationToken.None);
        Assert.Equal((HistoryJobState.Running, 0, 1, 0), ((await jobs.LatestAsync())!.Job.State, (await jobs.LatestAsync())!.Job.Judged, (await jobs.LatestAsync())!.Job.LookAgain, (await jobs.LatestAsync())!.Job.LookedAgain));
        await host.RunQueueAsync();
        await runner.RunAsync(CancellationToken.None);

        var result = (await host.Get<ResultQueries>().FindAsync(former.ImageId))!;
        Assert.Equal((DetectorKind.Haar, version.VersionId, true), (result.Analysis.Detector, result.Analysis.SettingsVersionId, result.Analysis.Id != former.Id));
        Assert.Equal(ReviewedLabel.NoMask, Assert.Single(result.Analysis.Faces, face => face.Reviewed is not null).Reviewed);
        Assert.Equal(HistoryJobState.Done, (await jobs.LatestAsync())!.Job.State);

        await RollBackAsync(host);

        Assert.Equal(former.Id, (await host.Get<ResultQueries>().FindAsync(former.ImageId))!.Analysis.Id);
        await using var after = await host.OpenAsync();
        Assert.Equal(1, await after.Analyses.CountAsync(analysis => analysis.IsCurrent));
    }

    private static async Task<VersionedSettings> SaveAsync(DashboardHost host, AnalysisSettings? settings = null)
    {
        var store = host.Get<SettingsStore>();
        return await store.SaveAsync(
            settings ?? store.Current.Settings with { MinDetectionScore = 0.5, MinClassProbability = 0.9, DistanceRule = DistanceRule.PixelsCentre, MinDistancePixelsCentre = 90, DefaultFieldOfViewDegrees = 80 },
            null,
            null,
            "Test",
            Kim);
    }

    private static async Task StartAndRunAsync(DashboardHost host)
    {
        Assert.NotNull(await host.Get<HistoryJobs>().StartAsync(Kim));
        await host.Get<HistoryJobRunner>().RunAsync(CancellationToken.None);
    }

    private static async Task RollBackAsync(DashboardHost host)
    {
        Assert.True(await host.Get<HistoryJobs>().RollBackAsync((await host.Get<HistoryJobs>().LatestAsync())!.Job.Id, Kim));
        await host.Get<HistoryJobRunner>().RunAsync(CancellationToken.None);
    }

    private static async Task<List<ImageAnalysis>> AddManyAsync(DashboardHost host, int count)
    {
        var random = new Random(7);
        var added = new List<ImageAnalysis>();
        for (var image = 0; image < count; image++)
        {
            added.Add(await AddAsync(host, [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ =>
                Face(random.Next(0, 900), (MaskLabel)random.Next(3), 0.5f + (random.NextSingle() / 2), 0.2f + (random.NextSingle() * 0.8f))) ]));
        }

        return added;
    }

    // Everything that a judgement writes, keys of pairs apart.
    private static async Task<string> DumpAsync(DashboardHost host)
    {
        await using var context = await host.OpenAsync();
        var analyses = await context.Analyses.Include(analysis => analysis.Faces.OrderBy(face => face.Index)).Include(analysis => analysis.Pairs).AsSplitQuery().OrderBy(analysis => analysis.Id).ToListAsync();
        return JsonSerializer.Serialize(analyses.Select(analysis => new
        {
            analysis.Id,
            analysis.SettingsVersionId,
            analysis.IsCurrent,
            analysis.FocalLengthPixels,
            analysis.FocalLengthSource,
            analysis.FaceCount,
            analysis.MaskCount,
            analysis.NoMaskCount,
            analysis.UncertainCount,
            analysis.TooCloseCount,
            analysis.Doubt,
            Faces = analysis.Faces.Select(face => new
            {
                face.Id,
                face.Counted,
                face.Label,
                face.Reviewed,
                face.EffectiveCounted,
                face.EffectiveLabel,
                face.TooClose,
                face.NearestPixelsTopLeft,
                face.NearestPixelsCentre,
                face.NearestMetres,
            }),
            Pairs = analysis.Pairs.OrderBy(pair => pair.FirstIndex).ThenBy(pair => pair.SecondIndex)
                .Select(pair => new { pair.FirstIndex, pair.SecondIndex, pair.PixelsTopLeft, pair.PixelsCentre, pair.Metres, pair.TooClose }),
        }));
    }
}
