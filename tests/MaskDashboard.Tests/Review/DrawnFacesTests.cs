using MaskDashboard.Analysis;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Review;

public sealed class DrawnFacesTests
{
    [Fact]
    public async Task DrawAsync_MissedFace_IsClassifiedAndHasItsDistances()
    {
        await using var host = await DashboardHost.CreateAsync();
        var (analysis, missed) = await AnalysedWithoutItsSecondFaceAsync(host);
        var drawn = host.Get<DrawnFaces>();

        var drawing = await host.WithWorkersAsync(() => drawn.DrawAsync(analysis, missed.Box, Kim));

        Assert.Equal(DrawingResult.Added, drawing.Result);
        var stored = await ReadAsync(host, analysis);
        var face = stored.Faces.Single(face => face.Id == drawing.FaceId);
        Assert.Equal((FaceOrigin.Reviewer, false, true, missed.Label), (face.Origin, face.Counted, face.EffectiveCounted, face.EffectiveLabel));
        Assert.Equal(missed.MaskProbability, face.MaskProbability, 0.01f);
        Assert.Equal((missed.TooClose, missed.NearestPixelsTopLeft, missed.NearestMetres), (face.TooClose, face.NearestPixelsTopLeft, face.NearestMetres));
        Assert.Equal((2, 2), (stored.FaceCount, stored.TooCloseCount));
        Assert.Equal(1, stored.Pairs.Count(pair => pair.TooClose));
        var statement = Assert.Single(await host.Get<FaceCorrections>().StandingAsync(analysis));
        Assert.Equal((face.Id, null), (statement.FaceId, statement.Label));
    }

    [Fact]
    public async Task DrawAsync_UndoneAndSaidAgain_GoesAndComesBack()
    {
        await using var host = await DashboardHost.CreateAsync();
        var (analysis, missed) = await AnalysedWithoutItsSecondFaceAsync(host);
        await host.WithWorkersAsync(() => host.Get<DrawnFaces>().DrawAsync(analysis, missed.Box, Kim));
        var corrections = host.Get<FaceCorrections>();

        var undone = await corrections.UndoAsync(analysis, Kim);
        var without = await ReadAsync(host, analysis);
        Assert.Equal((1, 0), (without.FaceCount, without.TooCloseCount));
        Assert.Empty(without.Pairs);

        await corrections.CorrectAsync(analysis, undone, Kim);
        var again = await ReadAsync(host, analysis);
        Assert.Equal((2, 2), (again.FaceCount, again.TooCloseCount));
    }

    [Fact]
    public async Task DrawAsync_WhereNoneCanBe_SaysWhy()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        var drawn = host.Get<DrawnFaces>();

        Assert.Equal(new Drawing(DrawingResult.TooSmall), await drawn.DrawAsync(analysis.Id, new BoundingBox(500, 100, 60, 7), Kim));
        Assert.Equal(new Drawing(DrawingResult.TooSmall), await drawn.DrawAsync(analysis.Id, new BoundingBox(1200, 100, 60, 60), Kim));
        Assert.Equal(new Drawing(DrawingResult.AlreadyThere, analysis.Faces[0].Id), await drawn.DrawAsync(analysis.Id, new BoundingBox(4, 104, 50, 50), Kim));
        Assert.Equal(new Drawing(DrawingResult.Gone), await drawn.DrawAsync(analysis.Id + 1, new BoundingBox(500, 100, 60, 60), Kim));
        // The scene has no file.
        Assert.Equal(new Drawing(DrawingResult.Gone), await host.WithWorkersAsync(() => drawn.DrawAsync(analysis.Id, new BoundingBox(500, 100, 60, 60), Kim)));
    }

    [Fact]
    public async Task DrawAsync_ReviewerLeavesBeforeAWorkerHasTime_AddsNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        using var leaving = new CancellationTokenSource();

        var drawing = host.Get<DrawnFaces>().DrawAsync(analysis.Id, new BoundingBox(500, 100, 60, 60), Kim, leaving.Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drawing);
        Assert.Single((await ReadAsync(host, analysis.Id)).Faces);
    }

    [Fact]
    public async Task CorrectAsync_NotAFace_DrawsTheThumbnailAnew()
    {
        await using var host = await DashboardHost.CreateAsync();
        await using var file = DashboardHost.Sample("two-too-close.jpg");
        var upload = await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest("two-too-close.jpg"));
        await host.RunQueueAsync();
        var analysis = await ReadAsync(host, upload.AnalysisId);
        var before = await ThumbnailAsync();

        await host.WithWorkersAsync(async () =>
        {
            await host.Get<FaceCorrections>().CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[0].Id, ReviewedLabel.NotAFace)], Kim);
            // Errands are done one after the other: once this one is, so is the thumbnail.
            return await host.Get<MaskDashboard.Queue.WorkerErrands>().RunAsync((_, _) => Task.FromResult(true), CancellationToken.None);
        });

        Assert.NotEqual(before, await ThumbnailAsync());

        async Task<byte[]> ThumbnailAsync()
        {
            await using var context = await host.OpenAsync();
            return (await context.Thumbnails.SingleAsync()).Bytes;
        }
    }

    private static async Task<(long AnalysisId, Face Missed)> AnalysedWithoutItsSecondFaceAsync(DashboardHost host)
    {
        await using var file = DashboardHost.Sample("two-too-close.jpg");
        var upload = await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest("two-too-close.jpg"));
        await host.RunQueueAsync();
        var whole = await ReadAsync(host, upload.AnalysisId);
        Assert.Equal((2, 2), (whole.FaceCount, whole.TooCloseCount));
        await host.Get<DatabaseWriter>().WriteAsync(async (context, token) =>
        {
            var stored = await context.Analyses.Include(analysis => analysis.Image).Include(analysis => analysis.SettingsVersion)
                .Include(analysis => analysis.Faces).Include(analysis => analysis.Pairs).SingleAsync(token);
            stored.Faces.RemoveAll(face => face.Index > 0);
            stored.Faces[0].EffectiveCounted = true;
            StoredResult.WriteDistances(stored, EffectiveFaces.Judge(stored));
            StoredResult.WriteFigures(stored);
            return true;
        });
        return (whole.Id, whole.Faces[1]);
    }
}
