using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Review;

public sealed class FaceCorrectionsTests
{
    [Fact]
    public async Task CorrectAsync_OtherLabel_KeepsBothAnswersAndCountsTheReviewers()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Uncertain), Face(500, MaskLabel.NoMask)]);
        var news = new List<AnalysisEvent>();
        using var subscription = host.Get<AnalysisEvents>().Subscribe(news.Add);

        Assert.True(await host.Get<FaceCorrections>().CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[0].Id, ReviewedLabel.Mask)], Kim));

        var stored = await ReadAsync(host, analysis.Id);
        var face = stored.Faces[0];
        Assert.Equal((MaskLabel.Uncertain, true), (face.Label, face.Counted));
        Assert.Equal((ReviewedLabel.Mask, MaskLabel.Mask, true), (face.Reviewed, face.EffectiveLabel, face.EffectiveCounted));
        Assert.Equal((2, 1, 1, 0, 0), Figures(stored));
        Assert.Equal(new AnalysisEvent(analysis.Id, analysis.ImageId, AnalysisState.Done), Assert.Single(news));
        await using var context = await host.OpenAsync();
        var statement = await context.Corrections.SingleAsync();
        Assert.Equal((face.Id, ReviewedLabel.Mask, "kim", null), (statement.FaceId, statement.Label!.Value, statement.ById, statement.UndoneAtUtc));
        var audit = await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.Correction);
        Assert.Equal(($"Image {analysis.ImageId}: face 1: mask", "kim@example.org"), (audit.Details, audit.UserName));
        var figures = await host.Get<ComplianceQueries>().FiguresAsync(new ImageFilter(), TimeZoneInfo.Utc);
        Assert.Equal(new ComplianceFigures(1, 1, 0, 0), figures.Faces);
    }

    [Fact]
    public async Task CorrectAsync_NotAFace_MovesTheNeighboursDistances()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(100, MaskLabel.Mask), Face(200, MaskLabel.NoMask)]);
        Assert.Equal((3, 2, 1, 0, 3), Figures(analysis));

        await host.Get<FaceCorrections>().CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[1].Id, ReviewedLabel.NotAFace)], Kim);

        var stored = await ReadAsync(host, analysis.Id);
        Assert.Equal((2, 1, 1, 0, 0), Figures(stored));
        Assert.Equal([200.0, null, 200.0], stored.Faces.Select(face => face.NearestPixelsTopLeft));
        Assert.All(stored.Faces, face => Assert.False(face.TooClose));
        var pair = Assert.Single(stored.Pairs);
        Assert.Equal((0, 2, 200.0, false), (pair.FirstIndex, pair.SecondIndex, pair.PixelsTopLeft, pair.TooClose));
    }

    [Fact]
    public async Task CorrectAsync_FaceBelowTheThreshold_CountsWithDistances()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(100, MaskLabel.NoMask, score: 0.3f)]);
        Assert.Equal((1, 1, 0, 0, 0), Figures(analysis));

        await host.Get<FaceCorrections>().CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[1].Id, ReviewedLabel.NoMask)], Kim);

        var stored = await ReadAsync(host, analysis.Id);
        Assert.Equal((2, 1, 1, 0, 2), Figures(stored));
        Assert.Equal((false, true), (stored.Faces[1].Counted, stored.Faces[1].EffectiveCounted));
    }

    [Fact]
    public async Task UndoAsync_AllSteps_RestoresEverything()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(100, MaskLabel.Uncertain), Face(200, MaskLabel.NoMask)]);
        var before = await ReadAsync(host, analysis.Id);
        var corrections = host.Get<FaceCorrections>();
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[1].Id, ReviewedLabel.Mask)], Kim);
        await corrections.CorrectAsync(analysis.Id, [.. analysis.Faces.Select(face => new FaceStatement(face.Id, ReviewedLabel.NoMask))], Kim);
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[1].Id, ReviewedLabel.NotAFace)], Kim);

        Assert.Equal([new FaceStatement(analysis.Faces[1].Id, ReviewedLabel.NotAFace)], await corrections.UndoAsync(analysis.Id, Kim));
        Assert.Equal((3, 0, 3, 0, 3), Figures(await ReadAsync(host, analysis.Id)));
        Assert.Equal(3, (await corrections.UndoAsync(analysis.Id, Kim)).Count);
        Assert.Equal((3, 2, 1, 0, 3), Figures(await ReadAsync(host, analysis.Id)));
        Assert.Single(await corrections.UndoAsync(analysis.Id, Kim));
        Assert.Empty(await corrections.UndoAsync(analysis.Id, Kim));

        var after = await ReadAsync(host, analysis.Id);
        Assert.Equal((Figures(before), before.Doubt), (Figures(after), after.Doubt));
        Assert.Equal(before.Faces.Select(Facts), after.Faces.Select(Facts));
        Assert.Equal(
            before.Pairs.Select(pair => (pair.FirstIndex, pair.SecondIndex, pair.Metres, pair.TooClose)).Order(),
            after.Pairs.Select(pair => (pair.FirstIndex, pair.SecondIndex, pair.Metres, pair.TooClose)).Order());
        await using var context = await host.OpenAsync();
        Assert.Equal(5, await context.Corrections.CountAsync(statement => statement.UndoneAtUtc != null));

        static object Facts(Face face) => (face.EffectiveCounted, face.EffectiveLabel, face.Reviewed, face.TooClose, face.NearestPixelsTopLeft, face.NearestPixelsCentre, face.NearestMetres);
    }

    [Fact]
    public async Task UndoAsync_TwoReviewers_UndoesOnesOwnOnly()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Uncertain)]);
        var (faceId, corrections) = (analysis.Faces[0].Id, host.Get<FaceCorrections>());
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, ReviewedLabel.Mask)], Kim);
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, ReviewedLabel.NoMask)], Lee);

        Assert.Single(await corrections.UndoAsync(analysis.Id, Kim));
        Assert.Equal(ReviewedLabel.NoMask, (await ReadAsync(host, analysis.Id)).Faces[0].Reviewed);
        Assert.Empty(await corrections.UndoAsync(analysis.Id, Kim));
        Assert.Single(await corrections.UndoAsync(analysis.Id, Lee));
        Assert.Null((await ReadAsync(host, analysis.Id)).Faces[0].Reviewed);
    }

    [Fact]
    public async Task CorrectAsync_SaidBefore_IsKeptOnce()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Uncertain)]);
        var (faceId, corrections) = (analysis.Faces[0].Id, host.Get<FaceCorrections>());

        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, null)], Kim);
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, ReviewedLabel.Mask)], Kim);
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, ReviewedLabel.Mask)], Kim);
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, ReviewedLabel.Mask)], Lee);

        Assert.Equal([ReviewedLabel.Mask, ReviewedLabel.Mask], (await corrections.StandingAsync(analysis.Id)).Select(statement => statement.Label));
    }

    [Fact]
    public async Task CorrectAsync_Withdrawn_IsTheProgramsAnswerAgain()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Uncertain)]);
        var (faceId, corrections) = (analysis.Faces[0].Id, host.Get<FaceCorrections>());
        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, ReviewedLabel.NotAFace)], Kim);

        await corrections.CorrectAsync(analysis.Id, [new FaceStatement(faceId, null)], Lee);

        var stored = await ReadAsync(host, analysis.Id);
        Assert.Equal((1, 0, 0, 1, 0), Figures(stored));
        Assert.Equal((null, true, MaskLabel.Uncertain), (stored.Faces[0].Reviewed, stored.Faces[0].EffectiveCounted, stored.Faces[0].EffectiveLabel));
    }

    [Fact]
    public async Task CorrectAsync_TwoReviewersAtOnce_FiguresStayThoseOfTheFaces()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [.. Enumerable.Range(0, 8).Select(index => Face(100 * index, (MaskLabel)(index % 3)))]);
        var corrections = host.Get<FaceCorrections>();
        ReviewedLabel[] labels = [ReviewedLabel.Mask, ReviewedLabel.NoMask, ReviewedLabel.NotAFace];

        await Task.WhenAll(Enumerable.Range(0, 48).Select(number => Task.Run(async () =>
        {
            var who = number % 2 == 0 ? Kim : Lee;
            if (number % 7 == 6)
            {
                await corrections.UndoAsync(analysis.Id, who);
            }
            else
            {
                await corrections.CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[number % 8].Id, labels[number % 3])], who);
            }
        })));

        var stored = await ReadAsync(host, analysis.Id);
        var standing = await corrections.StandingAsync(analysis.Id);
        Assert.All(stored.Faces, face => Assert.Equal(standing.LastOrDefault(statement => statement.FaceId == face.Id)?.Label, face.Reviewed));
        var counted = stored.Faces.Where(face => face.EffectiveCounted).ToList();
        Assert.Equal(stored.Faces.Count(face => face.Reviewed != ReviewedLabel.NotAFace), counted.Count);
        Assert.Equal(
            (counted.Count, counted.Count(face => face.EffectiveLabel == MaskLabel.Mask), counted.Count(face => face.EffectiveLabel == MaskLabel.NoMask), counted.Count(face => face.EffectiveLabel == MaskLabel.Uncertain), counted.Count(face => face.TooClose)),
            Figures(stored));
        Assert.All(counted, face => Assert.Equal(
            counted.Where(other => other != face).Select(other => (double)Math.Abs(other.X - face.X)).Min(), face.NearestPixelsTopLeft));
        Assert.All(stored.Pairs, pair => Assert.True(stored.Faces[pair.FirstIndex].EffectiveCounted && stored.Faces[pair.SecondIndex].EffectiveCounted));
    }

    [Fact]
    public async Task CorrectAsync_AnalysisNoLongerShown_KeepsNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Uncertain)]);
        await using (var context = await host.OpenAsync())
        {
            await context.Analyses.ExecuteUpdateAsync(update => update.SetProperty(stored => stored.IsCurrent, false));
        }

        Assert.False(await host.Get<FaceCorrections>().CorrectAsync(analysis.Id, [new FaceStatement(analysis.Faces[0].Id, ReviewedLabel.Mask)], Kim));
        Assert.Empty(await host.Get<FaceCorrections>().UndoAsync(analysis.Id, Kim));
        Assert.Null((await ReadAsync(host, analysis.Id)).Faces[0].Reviewed);
    }
}
