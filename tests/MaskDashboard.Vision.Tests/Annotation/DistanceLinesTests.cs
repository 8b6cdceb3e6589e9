using MaskDashboard.Vision.Annotation;

namespace MaskDashboard.Vision.Tests.Annotation;

public class DistanceLinesTests
{
    [Fact]
    public void Choose_FewPairs_TakesAllThatAreTooCloseNearestLast()
    {
        var lines = DistanceLines.Choose(Row(0, 50, 90, 1000), maxLines: 12);

        Assert.Equal([(0, 2), (0, 1), (1, 2)], lines.Select(pair => (pair.First, pair.Second)));
    }

    [Fact]
    public void Choose_ManyPairs_TakesEachFacesNearest()
    {
        var lines = DistanceLines.Choose(Row(0, 50, 90, 125), maxLines: 3);

        Assert.Equal([(0, 1), (1, 2), (2, 3)], lines.Select(pair => (pair.First, pair.Second)).Order());
    }

    [Fact]
    public void Choose_300Faces_TakesAtMostOneLineAFace()
    {
        var analysis = Row([.. Enumerable.Range(0, 300).Select(i => i * 7f)]);

        Assert.InRange(DistanceLines.Choose(analysis, maxLines: 12).Count, 150, 300);
    }

    [Theory]
    [InlineData(DistanceRule.PixelsTopLeft, "129 px")] // never rounded up to a threshold it is below
    [InlineData(DistanceRule.PixelsCentre, "42 px")]
    [InlineData(DistanceRule.Metres, "≈1.3 m")]
    public void Text_Rule_HasItsUnit(DistanceRule rule, string expected) =>
        Assert.Equal(expected, DistanceLines.Text(new FacePair(0, 1, 129.9, 42.2, 1.26, true), rule));

    private static FrameAnalysis Row(params float[] lefts)
    {
        using var picture = Pictures.Plain(2200, 100, 0);
        return Pictures.Analysis(picture, [.. lefts.Select(left => Pictures.Face(left, 10, 30))]);
    }
}
