using MaskDashboard.Vision.Annotation;
using OpenCvSharp;

namespace MaskDashboard.Vision.Tests.Annotation;

public sealed class FrameAnnotatorTests : IDisposable
{
    private static readonly AnnotationOptions s_options = new();
    private readonly FrameAnnotator _annotator = new();

    public void Dispose() => _annotator.Dispose();

    [Theory]
    [InlineData(400, 300, 1280, 960)] // enlarged so that labels can be read
    [InlineData(100, 50, 400, 200)] // at most fourfold
    [InlineData(2000, 1000, 2000, 1000)]
    [InlineData(1, 1, 4, 4)]
    public void AnnotateJpeg_Image_HasReadableSize(int width, int height, int expectedWidth, int expectedHeight)
    {
        using var image = Pictures.Plain(width, height, 128);

        using var annotated = Pictures.Decode(_annotator.AnnotateJpeg(Pictures.Decoded(image), Pictures.Analysis(image), s_options));

        Assert.Equal(new Size(expectedWidth, expectedHeight), annotated.Size());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void AnnotateJpeg_TooCloseFaces_HaveSolidRedBoxesOnAnyGround(byte grey)
    {
        using var image = Pictures.Plain(1400, 1000, grey);
        var analysis = Pictures.Analysis(image, Pictures.Face(300, 400, 100), Pictures.Face(420, 400, 100));

        using var annotated = Pictures.Decode(_annotator.AnnotateJpeg(Pictures.Decoded(image), analysis, s_options));

        Assert.Equal(80, Pictures.CountInRow(annotated, 500, 310, 390, Pictures.IsRed)); // lower edge
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void AnnotateJpeg_FacesFarApart_HaveDashedGreenBoxesOnAnyGround(byte grey)
    {
        using var image = Pictures.Plain(1400, 1000, grey);
        var analysis = Pictures.Analysis(image, Pictures.Face(300, 400, 100), Pictures.Face(900, 400, 100));

        using var annotated = Pictures.Decode(_annotator.AnnotateJpeg(Pictures.Decoded(image), analysis, s_options));

        var green = Pictures.CountInRow(annotated, 500, 300, 400, Pictures.IsGreen);
        Assert.InRange(green, 30, 80);
        Assert.Equal(0, Pictures.CountInRow(annotated, 500, 300, 400, Pictures.IsRed));
    }

    [Fact]
    public void AnnotateJpeg_TooClosePair_HasALineBetweenTheBoxesWithALabel()
    {
        using var image = Pictures.Plain(1400, 1000, 255);
        var analysis = Pictures.Analysis(
            image, new AnalysisSettings { MinDistancePixelsTopLeft = 700 }, Pictures.Face(200, 400, 100), Pictures.Face(800, 400, 100));

        using var annotated = Pictures.Decode(_annotator.AnnotateJpeg(Pictures.Decoded(image), analysis, s_options));

        Assert.Equal(100, Pictures.CountInRow(annotated, 450, 310, 410, Pictures.IsRed));
        Assert.True(Pictures.CountInRow(annotated, 450, 510, 590, pixel => pixel is { Item0: < 60, Item1: < 60, Item2: < 60 }) > 30);
    }

    [Fact]
    public void AnnotateJpeg_CandidateBelowTheThreshold_IsNotDrawn()
    {
        using var image = Pictures.Plain(1400, 1000, 128);

        using var annotated = Pictures.Decode(_annotator.AnnotateJpeg(Pictures.Decoded(image), Pictures.Analysis(image, Pictures.Face(300, 400, 100, score: 0.3f)), s_options));

        Assert.Equal(0, Cv2.Norm(annotated, image, NormTypes.INF), 2.0);
    }

    [Fact]
    public void AnnotateJpeg_300FacesAndBoxesOverTheBorder_Draws()
    {
        using var image = Pictures.Plain(1200, 900, 90);
        var faces = Enumerable.Range(0, 300).Select(i => Pictures.Face((i % 20 * 60) - 10, (i / 20 * 60) - 10, 30)).ToArray();

        using var annotated = Pictures.Decode(_annotator.AnnotateJpeg(Pictures.Decoded(image), Pictures.Analysis(image, faces), s_options));

        Assert.Equal(new Size(1280, 960), annotated.Size());
    }

    [Fact]
    public void AnnotateJpeg_BlurFaces_HidesEveryCandidateAndLeavesTheSource()
    {
        using var image = Pictures.Checkerboard(1400, 1000);
        using var before = image.Clone();
        var analysis = Pictures.Analysis(image, Pictures.Face(200, 200, 200), Pictures.Face(800, 600, 200, score: 0.3f));

        using var annotated = Pictures.Decode(_annotator.AnnotateJpeg(Pictures.Decoded(image), analysis, s_options with { BlurFaces = true }));

        foreach (var inside in new[] { new Rect(220, 220, 160, 160), new Rect(820, 620, 160, 160) })
        {
            using var face = new Mat(annotated, inside);
            Cv2.MeanStdDev(face, out _, out var deviation);
            Assert.InRange(deviation.Val1, 0, 3);
        }

        Assert.Equal(0, Cv2.Norm(image, before, NormTypes.INF));
    }

    [Fact]
    public void AnnotateJpeg_ResultOfAnotherImage_Throws()
    {
        using var image = Pictures.Plain(400, 300, 128);
        using var other = Pictures.Plain(300, 400, 128);

        var error = Assert.Throws<ArgumentException>(() => _annotator.AnnotateJpeg(Pictures.Decoded(image), Pictures.Analysis(other), s_options));

        Assert.Contains("300 x 400", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnnotateJpeg_LowerQuality_IsSmaller()
    {
        using var image = Pictures.Checkerboard(300, 300);
        var analysis = Pictures.Analysis(image, Pictures.Face(100, 100, 50));

        Assert.True(
            _annotator.AnnotateJpeg(Pictures.Decoded(image), analysis, s_options with { JpegQuality = 40 }).Length
            < _annotator.AnnotateJpeg(Pictures.Decoded(image), analysis, s_options with { JpegQuality = 95 }).Length);
    }

    [Theory]
    [InlineData(4000, 3000, 320, 240)]
    [InlineData(300, 4000, 24, 320)]
    [InlineData(200, 100, 200, 100)]
    [InlineData(4000, 2, 320, 1)]
    public void Thumbnail_Image_FitsInto320(int width, int height, int expectedWidth, int expectedHeight)
    {
        using var image = Pictures.Plain(width, height, 128);

        using var thumbnail = Pictures.Decode(_annotator.Thumbnail(Pictures.Decoded(image), Pictures.Analysis(image, Pictures.Face(10, 10, 40)), s_options));

        Assert.Equal(new Size(expectedWidth, expectedHeight), thumbnail.Size());
    }

    [Theory]
    [InlineData(100, 100, 20)]
    [InlineData(-10, -10, 40)]
    [InlineData(380, 280, 200)]
    [InlineData(0, 0, 0.3f)]
    public void Crop_BoxAnywhere_IsASquareOfTheSideAskedFor(float x, float y, float side)
    {
        using var image = Pictures.Plain(400, 300, 40);

        using var crop = Pictures.Decode(_annotator.Crop(Pictures.Decoded(image), new BoundingBox(x, y, side, side), 96));

        Assert.Equal(new Size(96, 96), crop.Size());
    }

    [Fact]
    public void Crop_FaceInTheCorner_ShowsGreyOutsideTheImage()
    {
        using var image = Pictures.Plain(400, 300, 40);

        using var crop = Pictures.Decode(_annotator.Crop(Pictures.Decoded(image), new BoundingBox(-50, -50, 100, 100), 130));

        Assert.InRange(crop.At<Vec3b>(10, 10).Item0, 0xDC, 0xE4);
        Assert.InRange(crop.At<Vec3b>(120, 120).Item0, 36, 44);
    }
}
