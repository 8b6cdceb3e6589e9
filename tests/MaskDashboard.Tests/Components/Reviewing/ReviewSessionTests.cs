using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Tests.Review;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Components.Reviewing;

/// <summary>What the keys of the review desk do, without a browser.</summary>
public sealed class ReviewSessionTests
{
    [Fact]
    public async Task DoAsync_UncertainFacesDecidedAndReviewed_GoesFromFaceToFaceToPhotograph()
    {
        await using var host = await DashboardHost.CreateAsync();
        var sure = await AddAsync(host, [Face(0, MaskLabel.Mask)], fileName: "sure.jpg");
        var doubtful = await AddAsync(host, [Face(0, MaskLabel.Uncertain), Face(300, MaskLabel.Mask), Face(600, MaskLabel.Uncertain)], fileName: "doubtful.jpg");
        var (session, steps) = Begin(host);

        // The photograph with doubts comes first, and its doubts before its certainties.
        Assert.True(await session.ShowAsync((await session.FirstAsync(default))!.Value, default));
        Assert.Equal((doubtful.ImageId, sure.ImageId), (session.ImageId, session.Next?.Id));
        Assert.Equal(0, session.ActiveIndex);
        await steps.DoAsync(ReviewCommand.Mask, default);
        Assert.Equal((2, "Face 1: Mask"), (session.ActiveIndex, session.Notice!.Text));
        await steps.DoAsync(ReviewCommand.NoMask, default);
        Assert.Equal("Face 3: No mask", session.Notice.Text);
        await steps.DoAsync(ReviewCommand.Reviewed, default);

        Assert.Equal((sure.ImageId, "Reviewed: doubtful.jpg"), (session.ImageId, session.Notice.Text));
        Assert.Equal((1, 0, 1), (session.Counts!.Left, session.Counts.Uncertain, session.Counts.Reviewed));
        await steps.DoAsync(ReviewCommand.Reviewed, default);
        Assert.Null(session.Shown);
        Assert.Null(session.ImageId);

        // From where nothing is left, the last mark is taken back.
        await steps.DoAsync(ReviewCommand.Undo, default);
        Assert.Equal((sure.ImageId, "sure.jpg waits for a review again"), (session.ImageId, session.Notice.Text));
        Assert.Null((await ReadAsync(host, sure.Id)).ReviewedAtUtc);
        Assert.NotNull((await ReadAsync(host, doubtful.Id)).ReviewedAtUtc);
    }

    [Fact]
    public async Task DoAsync_UndoAndRedo_FollowTheSteps()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(300, MaskLabel.Mask)]);
        var (session, steps) = Begin(host);
        await session.ShowAsync(analysis.ImageId, default);

        await steps.DoAsync(ReviewCommand.AllNoMask, default);
        Assert.Equal("All 2 faces: No mask", session.Notice!.Text);
        await steps.DoAsync(ReviewCommand.NextFace, default);
        await steps.DoAsync(ReviewCommand.NotAFace, default);
        Assert.Equal((1, true), (session.ActiveIndex, session.Active!.Rejected));

        await steps.DoAsync(ReviewCommand.Undo, default);
        Assert.Equal([ReviewedLabel.NoMask, ReviewedLabel.NoMask], session.Shown!.Faces.Select(face => face.Reviewed!.Value));
        await steps.DoAsync(ReviewCommand.Undo, default);
        Assert.All(session.Shown.Faces, face => Assert.Null(face.Reviewed));
        await steps.DoAsync(ReviewCommand.Undo, default);
        Assert.Equal("There is nothing to undo", session.Notice.Text);
        await steps.DoAsync(ReviewCommand.Redo, default);
        Assert.All(session.Shown.Faces, face => Assert.Equal(ReviewedLabel.NoMask, face.Reviewed));
        await steps.DoAsync(ReviewCommand.Redo, default);
        Assert.True(session.Shown.Faces[1].Rejected);
        await steps.DoAsync(ReviewCommand.Redo, default);
        Assert.Equal("There is nothing to do again", session.Notice.Text);
        // A new word ends what could be done again.
        await steps.DoAsync(ReviewCommand.Undo, default);
        await steps.DoAsync(ReviewCommand.Mask, default);
        await steps.DoAsync(ReviewCommand.Redo, default);
        Assert.Equal("There is nothing to do again", session.Notice.Text);
    }

    [Fact]
    public async Task GoAsync_BackToWhatLeftTheQueue_FollowsTheTrail()
    {
        await using var host = await DashboardHost.CreateAsync();
        var start = new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
        var images = new List<long>();
        for (var hour = 0; hour < 3; hour++)
        {
            images.Insert(0, (await AddAsync(host, [Face(0, MaskLabel.Mask)], start.AddHours(hour))).ImageId);
        }

        var (session, steps) = Begin(host);
        await session.ShowAsync(images[0], default);
        await steps.DoAsync(ReviewCommand.PreviousImage, default);
        Assert.Equal((images[0], "This is the first photograph of the list"), (session.ImageId, session.Notice!.Text));
        await steps.DoAsync(ReviewCommand.Reviewed, default);
        await steps.DoAsync(ReviewCommand.NextImage, default);
        Assert.Equal((images[2], null), (session.ImageId, session.Notice?.Text));
        await steps.DoAsync(ReviewCommand.NextImage, default);
        Assert.Equal("This is the last photograph of the list", session.Notice!.Text);

        await steps.DoAsync(ReviewCommand.PreviousImage, default);
        await steps.DoAsync(ReviewCommand.PreviousImage, default);
        Assert.Equal((images[0], true), (session.ImageId, session.Shown!.IsReviewed));
        await steps.DoAsync(ReviewCommand.NextImage, default);
        Assert.Equal(images[1], session.ImageId);
    }

    [Fact]
    public async Task MarkConfidentAsync_ThenUndo_ConcernsOnlyThoseWithoutDoubt()
    {
        await using var host = await DashboardHost.CreateAsync();
        await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        await AddAsync(host, [Face(0, MaskLabel.NoMask)]);
        var doubtful = await AddAsync(host, [Face(0, MaskLabel.Uncertain)]);
        var (session, steps) = Begin(host);
        await session.ShowAsync(doubtful.ImageId, default);

        await steps.MarkConfidentAsync(default);
        Assert.Equal((doubtful.ImageId, "2 photographs are reviewed, unseen", 1), (session.ImageId, session.Notice!.Text, session.Counts!.Left));
        await steps.DoAsync(ReviewCommand.Undo, default);
        Assert.Equal(("2 photographs wait for a review again", 3), (session.Notice.Text, session.Counts.Left));
    }

    [Fact]
    public async Task ReloadAsync_PhotographDeleted_ShowsNothingAndEndsWhatWasBegun()
    {
        await using var host = await DashboardHost.CreateAsync();
        var analysis = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        var (session, _) = Begin(host);
        var left = 0;
        session.Left += () => left++;
        await session.ShowAsync(analysis.ImageId, default);
        await using (var context = await host.OpenAsync())
        {
            await context.Images.ExecuteDeleteAsync();
        }

        await session.ReloadAsync(default);

        Assert.Equal((null, null, 2), (session.Shown, session.ImageId, left));
        Assert.False(await session.ShowAsync(analysis.ImageId, default));
    }

    [Fact]
    public void OwnMoves_AddressComesLateOrIsOvertaken_IsKnownAsOwn()
    {
        var moves = new OwnMoves();
        moves.Add(2);
        moves.Add(3);
        moves.Add(4);
        Assert.Equal(4, moves.Last);
        Assert.True(moves.Take(3));
        Assert.False(moves.Take(2));
        Assert.Null(moves.Last);
        Assert.False(moves.Take(null));
    }

    private static (ReviewSession Session, ReviewSteps Steps) Begin(DashboardHost host)
    {
        var (time, texts, viewer) = (new ViewerTime(TimeProvider.System), new TextLocalizer(new TextCatalogue()), new ViewerIdentity());
        viewer.Use(Kim);
        var session = new ReviewSession(host.Get<ReviewQueue>(), host.Get<ResultQueries>(), host.Get<FaceCorrections>(), time, texts);
        return (session, new ReviewSteps(session, host.Get<FaceCorrections>(), host.Get<ReviewMarks>(), viewer, time, texts));
    }
}
