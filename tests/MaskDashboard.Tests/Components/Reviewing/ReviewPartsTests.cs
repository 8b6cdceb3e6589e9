using Bunit;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Tests.Components.Reviewing;

public sealed class ReviewPartsTests : ComponentTest
{
    private static readonly OverlayFace _rejected = TestFaces.At(1, 100, 0, MaskLabel.NoMask) with { Counted = false, Corrected = true, Reviewed = ReviewedLabel.NotAFace };
    private static readonly OverlayFace _below = TestFaces.At(2, 200, 0, counted: false);

    [Fact]
    public void Overlay_UnderReview_OffersRejectedBoxesAndOnDemandThoseBelow()
    {
        OverlayFace[] faces = [TestFaces.At(0, 0, 0), _rejected, _below];

        Assert.Equal(["Face 1: Mask, nearest 100 px", "Face 2: Not a face, nearest 100 px"], Labels(Show(candidates: false)));
        var all = Show(candidates: true);
        Assert.Equal("Below the threshold: Mask, score 0.92", Labels(all)[2]);
        Assert.Empty(all.FindAll("rect.candidate"));
        Assert.Equal(["face apart", "face rejected", "face below"], all.FindAll("g.face").Select(face => face.ClassName));

        IRenderedComponent<PhotoOverlay> Show(bool candidates) => Render<PhotoOverlay>(parameters => parameters
            .Add(photo => photo.ImageAddress, "/images/1/original")
            .Add(photo => photo.Alt, "gate.jpg")
            .Add(photo => photo.Width, 800)
            .Add(photo => photo.Height, 600)
            .Add(photo => photo.Faces, faces)
            .Add(photo => photo.ForReview, true)
            .Add(photo => photo.ShowCandidates, candidates));

        static List<string?> Labels(IRenderedComponent<PhotoOverlay> photo) => [.. photo.FindAll("g.face").Select(face => face.GetAttribute("aria-label"))];
    }

    [Fact]
    public void Overlay_UnderReview_IsChosenByClickNotByPassingOver()
    {
        var chosen = new List<int?>();
        var photo = Render<PhotoOverlay>(parameters => parameters
            .Add(overlay => overlay.ImageAddress, "/images/1/original")
            .Add(overlay => overlay.Alt, "gate.jpg")
            .Add(overlay => overlay.Width, 800)
            .Add(overlay => overlay.Height, 600)
            .Add(overlay => overlay.Faces, [TestFaces.At(0, 0, 0), TestFaces.At(1, 100, 0)])
            .Add(overlay => overlay.ForReview, true)
            .Add(overlay => overlay.ActiveChanged, chosen.Add));

        photo.FindAll("g.face")[1].TriggerEvent("onpointerenter", new Microsoft.AspNetCore.Components.Web.PointerEventArgs());
        Assert.Empty(chosen);
        photo.FindAll("g.face")[1].Click();
        Assert.Equal([1], chosen);
    }

    [Fact]
    public void List_UnderReview_NamesWhatWasSaid()
    {
        OverlayFace[] faces =
        [
            TestFaces.At(0, 0, 0) with { Corrected = true, Reviewed = ReviewedLabel.Mask },
            _rejected,
            TestFaces.At(3, 300, 0) with { Reviewed = ReviewedLabel.Mask },
            TestFaces.At(4, 400, 0) with { Origin = FaceOrigin.Reviewer },
            _below,
        ];

        var list = Render<FaceList>(parameters => parameters
            .Add(rows => rows.Faces, faces)
            .Add(rows => rows.Image, TestFaces.Photograph())
            .Add(rows => rows.Rule, DistanceRule.PixelsTopLeft)
            .Add(rows => rows.ForReview, true)
            .Add(rows => rows.Photo, new PhotoSource("/images/1/original", 800, 600)));

        Assert.Equal(["✓Maskcorrected", "–Not a facecorrected", "✓Maskconfirmed", "✓Maskdrawn"], list.FindAll(".what").Select(row => row.TextContent));
        Assert.Equal("/images/1/original", list.Find("svg image").GetAttribute("href"));
        Assert.Equal("-15 -10 70 70", list.Find("svg").GetAttribute("viewBox"));
    }

    [Fact]
    public void FaceList_OriginalGone_AsksForNoPicture()
    {
        var list = Render<FaceList>(parameters => parameters
            .Add(rows => rows.Faces, [TestFaces.At(0, 0, 0)])
            .Add(rows => rows.Rule, DistanceRule.PixelsTopLeft)
            .Add(rows => rows.Image, TestFaces.Photograph(hasOriginal: false)));

        Assert.Single(list.FindAll(".crop-gone"));
        Assert.Empty(list.FindAll("img, image"));
    }

    [Fact]
    public void Actions_ChosenFace_ShowWhatWasSaidAndTellTheirKeys()
    {
        var wanted = new List<ReviewCommand>();
        var actions = Render<ReviewActions>(parameters => parameters
            .Add(buttons => buttons.Face, _rejected)
            .Add(buttons => buttons.OnCommand, wanted.Add));

        var pressed = Assert.Single(actions.FindAll("button[aria-pressed=true]"));
        Assert.Equal("X", pressed.GetAttribute("aria-keyshortcuts"));
        foreach (var key in new[] { "M", "N", "X", "D", "C", "U", "K", "R", "J" })
        {
            actions.Find($"button[aria-keyshortcuts={key}]").Click();
        }

        Assert.Equal(
            [
                ReviewCommand.Mask, ReviewCommand.NoMask, ReviewCommand.NotAFace, ReviewCommand.Draw, ReviewCommand.Program, ReviewCommand.Undo,
                ReviewCommand.PreviousImage, ReviewCommand.Reviewed, ReviewCommand.NextImage,
            ],
            wanted);
    }

    [Fact]
    public void Actions_NoFace_OffersOnlyWhatIsAboutThePhotograph()
    {
        var actions = Render<ReviewActions>(parameters => parameters.Add(buttons => buttons.Face, null));
        Assert.Equal(["M", "N", "X", "C"], actions.FindAll("button[disabled]").Select(button => button.GetAttribute("aria-keyshortcuts")));
    }

    [Fact]
    public void Confusion_Counts_StandWithTheirSharesAndIntervals()
    {
        using var culture = new CultureScope("en-US");
        var table = Render<ConfusionTable>(parameters => parameters.Add(confusion => confusion.Labels, new LabelConfusion(90, 6, 4, 1, 9, 0, 2)));

        var rows = table.FindAll("tbody tr");
        Assert.Equal(["90", "6", "4"], rows[0].QuerySelectorAll("td").Take(3).Select(cell => cell.TextContent));
        Assert.Equal(["1", "9", "0"], rows[1].QuerySelectorAll("td").Take(3).Select(cell => cell.TextContent));
        Assert.Equal("90% (83–94%)90 of 100", rows[0].QuerySelector(".share")!.TextContent);
        Assert.Contains("2 uncertain faces were left undecided", table.Find("p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Share_OfNothing_IsNoFigure() =>
        Assert.Equal("–", Render<ShareText>(parameters => parameters.Add(text => text.Share, default(Proportion))).Find("span").TextContent);

    [Fact]
    public void Keys_EveryCommand_HasOne() => Assert.All(Enum.GetValues<ReviewCommand>(), command => Assert.NotEmpty(ReviewKey.Of(command).Keys));

    [Fact]
    public void Help_EveryKey_IsListed()
    {
        var help = Render<ReviewHelp>(parameters => parameters.Add(keys => keys.OnClose, () => { }));
        Assert.Equal(ReviewKey.All.Sum(key => key.Keys.Count), help.FindAll("dt kbd").Count);
    }
}
