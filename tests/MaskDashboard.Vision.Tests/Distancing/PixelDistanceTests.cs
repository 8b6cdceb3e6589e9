using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Vision.Tests.Distancing;

public class PixelDistanceTests
{
    [Theory]
    [InlineData(0, 0, 30, 40, 50)]
    [InlineData(10, 20, 10, 20, 0)]
    [InlineData(-5, 0, 45, 120, 130)]
    public void BetweenTopLeftCorners_TwoBoxes_IsEuclidean(float x1, float y1, float x2, float y2, double expected)
    {
        var first = new BoundingBox(x1, y1, 7, 9);
        var second = new BoundingBox(x2, y2, 70, 90);

        Assert.Equal(expected, PixelDistance.BetweenTopLeftCorners(first, second));
        Assert.Equal(expected, PixelDistance.BetweenTopLeftCorners(second, first));
    }

    [Fact]
    public void BetweenCentres_BoxesOfDifferentSize_MeasuresFromTheirMiddles()
    {
        var small = new BoundingBox(0, 0, 10, 10);
        var large = new BoundingBox(0, 0, 70, 90);

        Assert.Equal(50, PixelDistance.BetweenCentres(small, large));
        Assert.Equal(0, PixelDistance.BetweenTopLeftCorners(small, large));
    }
}
