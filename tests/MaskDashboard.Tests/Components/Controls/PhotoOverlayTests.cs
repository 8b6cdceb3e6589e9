using Bunit;
using MaskDashboard.Components.Controls;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Controls;

public sealed class PhotoOverlayTests : ComponentTest
{
    private readonly List<int?> _active = [];

    private IRenderedComponent<PhotoOverlay> Show(IReadOnlyList<OverlayFace> faces, IReadOnlyList<OverlayLine>? lines = null, int? active = null, bool candidates = false) =>
        Render<PhotoOverlay>(parameters => parameters
            .Add(photo => photo.ImageAddress, "/images/1/original")
            .Add(photo => photo.Alt, "gate.jpg")
            .Add(photo => photo.Width, 800)
            .Add(photo => photo.Height, 600)
            .Add(photo => photo.Faces, faces)
            .Add(photo => photo.Lines, lines ?? [])
            .Add(photo => photo.Active, active)
            .Add(photo => photo.ShowCandidates, candidates)
            .Add(photo => photo.ActiveChanged, _active.Add));

    [Fact]
    public void Boxes_Faces_StandInPixelsOfThePhotograph()
    {
        var photo = Show([TestFaces.At(0, 100.5f, 50), TestFaces.At(1, 300, 60, tooClose: true)]);

        Assert.Equal("0 0 800 600", photo.Find("svg").GetAttribute("viewBox"));
        var boxes = photo.FindAll("rect.box");
        Assert.Equal(["100.5", "300"], boxes.Select(box => box.GetAttribute("x")));
        Assert.Equal(["50", "60"], boxes.Select(box => box.GetAttribute("y")));
        Assert.All(boxes, box => Assert.Equal(("40", "50"), (box.GetAttribute("width"), box.GetAttribute("height"))));
    }

    [Fact]
    public void Boxes_GermanCulture_AreStillWrittenWithPoints()
    {
        using var culture = new CultureScope("de-DE");
        Assert.Equal("100.5", Show([TestFaces.At(0, 100.5f, 50)]).Find("rect.box").GetAttribute("x"));
    }

    [Fact]
    public void Faces_TooClose_SaySoByClassAndWords()
    {
        var photo = Show([TestFaces.At(0, 0, 0, MaskLabel.NoMask, tooClose: true)]);

        var face = photo.Find("g.face");
        Assert.Contains("too-close", face.ClassList);
        Assert.Equal("Face 1: No mask, too close, nearest 100 px", face.GetAttribute("aria-label"));
        Assert.Contains("1 ✕ No mask", face.TextContent);
    }

    [Fact]
    public void Faces_NotCounted_AreDrawnOnlyOnDemand()
    {
        OverlayFace[] faces = [TestFaces.At(0, 0, 0), TestFaces.At(1, 90, 0, counted: false)];

        Assert.Empty(Show(faces).FindAll("rect.candidate"));
        Assert.Single(Show(faces, candidates: true).FindAll("rect.candidate"));
        Assert.Single(Show(faces, candidates: true).FindAll("g.face"));
    }

    [Fact]
    public void Lines_PairTooClose_RunFromBoxToBoxWithTheDistance()
    {
        OverlayFace[] faces = [TestFaces.At(0, 0, 0, tooClose: true), TestFaces.At(1, 100, 0, tooClose: true)];

        var photo = Show(faces, [new OverlayLine(faces[0], faces[1], "0.80 m")]);

        var line = photo.Find("line.line");
        Assert.Equal(("40", "25", "100", "25"), (line.GetAttribute("x1"), line.GetAttribute("y1"), line.GetAttribute("x2"), line.GetAttribute("y2")));
        Assert.Equal("0.80 m", photo.Find(".distance text").TextContent);
    }

    [Fact]
    public void Lines_ManyShortOnes_KeepTheirDistancesToThemselvesButForTheActiveFace()
    {
        var faces = Enumerable.Range(0, 14).Select(index => TestFaces.At(index, 50 * index, 0, tooClose: true)).ToList();
        var lines = faces.Zip(faces.Skip(1), (first, second) => new OverlayLine(first, second, "50 px")).ToList();

        Assert.Empty(Show(faces, lines[..12]).FindAll("[data-pair][data-compact]"));
        var photo = Show(faces, lines, active: 3);

        Assert.Equal(13, photo.FindAll("[data-pair][data-compact]").Count);
        Assert.Equal(2, photo.FindAll("[data-pair].pair-active").Count);
    }

    [Fact]
    public void Focus_Face_BecomesActive()
    {
        Show([TestFaces.At(0, 0, 0), TestFaces.At(1, 100, 0)]).FindAll("g.face")[1].Focus();
        Assert.Equal(1, Assert.Single(_active));
    }

    [Fact]
    public void ArrowKey_ActiveFace_GoesToTheNextOne()
    {
        Show([TestFaces.At(0, 0, 0), TestFaces.At(1, 100, 0)], active: 0).Find("svg").KeyDown("ArrowRight");
        Assert.Equal(1, Assert.Single(_active));
    }

    [Fact]
    public void TabStop_ManyFaces_IsOnlyOne()
    {
        var photo = Show([TestFaces.At(0, 300, 300), TestFaces.At(1, 0, 0), TestFaces.At(2, 100, 0)]);
        Assert.Equal("1", Assert.Single(photo.FindAll("g.face[tabindex='0']")).GetAttribute("data-face"));
    }
}
