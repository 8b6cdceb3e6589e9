using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Vision.Tests.Distancing;

public class MetricDistanceTests
{
    private const int Width = 1000;
    private const int Height = 800;
    private const double FocalLengthPixels = 1000;

    [Fact]
    public void Locate_FaceInTheMiddle_StandsOnTheAxisAtFocalLengthTimesWidthOverPixels()
    {
        var position = MetricDistance.Locate(new BoundingBox(460, 350, 80, 100), FocalLengthPixels, Width, Height);

        Assert.Equal(0, position.X, 12);
        Assert.Equal(0, position.Y, 12);
        Assert.Equal(2, position.Z, 12); // 1000 px * 0.16 m / 80 px
    }

    [Fact]
    public void Locate_FaceOffTheAxis_IsOffsetByDepthOverFocalLength()
    {
        var position = MetricDistance.Locate(new BoundingBox(960, 600, 80, 100), FocalLengthPixels, Width, Height);

        Assert.Equal(1, position.X, 12); // 500 px * 2 m / 1000 px
        Assert.Equal(0.5, position.Y, 12); // 250 px * 2 m / 1000 px
    }

    [Fact]
    public void DistanceTo_FacesAtTheSameDepth_IsFaceWidthsBetweenThem()
    {
        // 500 px apart, a face of 80 px is 0.16 m: 1 m.
        Assert.Equal(1, Distance(new BoundingBox(0, 0, 80, 80), new BoundingBox(500, 0, 80, 80)), 12);
    }

    [Fact]
    public void DistanceTo_OneBehindTheOther_CountsTheDifferenceInDepth()
    {
        var near = new BoundingBox(460, 360, 80, 80);
        var far = new BoundingBox(480, 380, 40, 40);

        Assert.Equal(2, Distance(near, far), 12);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(0.9)]
    public void DistanceTo_FacesNarrowerByAFactor_GrowsByItsInverse(float factor)
    {
        var first = new BoundingBox(100, 100, 80, 80);
        var second = new BoundingBox(600, 200, 60, 60);
        var expected = Distance(first, second) / factor;

        Assert.Equal(expected, Distance(Scaled(first, factor), Scaled(second, factor)), 4);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(80, 0)]
    [InlineData(80, -1)]
    public void Locate_WithoutWidthOrFocalLength_Throws(float width, double focalLength) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricDistance.Locate(new BoundingBox(0, 0, width, 10), focalLength, Width, Height));

    // About its own centre, so that only the apparent size of the face changes.
    private static BoundingBox Scaled(BoundingBox box, float factor) => new(
        box.CentreX - (box.Width * factor / 2), box.CentreY - (box.Height * factor / 2), box.Width * factor, box.Height * factor);

    private static double Distance(BoundingBox first, BoundingBox second) =>
        MetricDistance.Locate(first, FocalLengthPixels, Width, Height).DistanceTo(MetricDistance.Locate(second, FocalLengthPixels, Width, Height));
}
