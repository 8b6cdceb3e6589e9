using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Vision.Tests.Detection;

public sealed class YuNetFaceDetectorTests
{
    [Fact]
    public void Decode_OneCell_GivesItsBoxInImagePixels()
    {
        float[] cls = [0, 0, 0, 0.81f], obj = [1, 1, 1, 1];
        float[] boxes = [.. new float[12], 0.5f, 0.25f, MathF.Log(2), MathF.Log(3)];
        var found = new List<FaceDetection>();

        YuNetFaceDetector.Decode(cls, obj, boxes, columns: 2, stride: 16, scaleX: 2, scaleY: 1, found);

        // Cell (1, 1): centre (1.5, 1.25) x 16 / (2, 1) = (12, 20), size (2, 3) x 16 / (2, 1) = (16, 48).
        var face = Assert.Single(found);
        Assert.Equal(0.9f, face.Score, 0.0001f);
        Assert.Equal(4, face.Box.X, 0.001f);
        Assert.Equal(-4, face.Box.Y, 0.001f);
        Assert.Equal(16, face.Box.Width, 0.001f);
        Assert.Equal(48, face.Box.Height, 0.001f);
    }

    [Fact]
    public void Apply_OverlappingBoxes_KeepsTheStronger()
    {
        var weak = new FaceDetection(new BoundingBox(1, 0, 10, 10), 0.5f);
        var strong = new FaceDetection(new BoundingBox(0, 0, 10, 10), 0.9f);
        var apart = new FaceDetection(new BoundingBox(30, 0, 10, 10), 0.4f);

        Assert.Equal([strong, apart], NonMaximumSuppression.Apply([weak, apart, strong], 0.45, 10));
    }

    [Theory]
    [InlineData(400, 300, 2, 1.25)]
    [InlineData(640, 480, 1.25, 1)]
    [InlineData(1200, 900, 1, 1)]
    [InlineData(2400, 3200, 0.5, 0.5)]
    public void LooksAt_ImageSize_EnlargesSmallAndReducesLarge(int width, int height, double scale, double smaller)
    {
        IReadOnlyList<(double Scale, bool Mirrored)> Times(int looks) => new YuNetOptions { Looks = looks }.LooksAt(width, height);

        Assert.Equal([(scale, false)], Times(1));
        Assert.Equal([(scale, true), (smaller, false)], Times(2));
        // The same look twice would say nothing new.
        Assert.Equal(smaller < scale ? [(scale, true), (smaller, false), (scale, false)] : Times(2), new YuNetOptions().LooksAt(width, height));
    }
}
