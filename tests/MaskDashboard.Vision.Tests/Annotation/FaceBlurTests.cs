using MaskDashboard.Vision.Annotation;
using OpenCvSharp;

namespace MaskDashboard.Vision.Tests.Annotation;

public class FaceBlurTests
{
    [Fact]
    public void Apply_FacesThatDifferOnlyInDetail_BecomeTheSame()
    {
        // 140 x 140 with the margin, not a multiple of the cells: the two differ in every pixel.
        using var first = Pictures.Checkerboard(200, 200);
        using var second = new Mat();
        Cv2.BitwiseNot(first, second);
        var box = new BoundingBox(50, 50, 100, 100);

        FaceBlur.Apply(first, [box]);
        FaceBlur.Apply(second, [box]);

        using var firstFace = new Mat(first, new Rect(30, 30, 140, 140));
        using var secondFace = new Mat(second, new Rect(30, 30, 140, 140));
        Assert.InRange(Cv2.Norm(firstFace, secondFace, NormTypes.INF), 0, 4);
    }

    [Fact]
    public void Apply_RestOfTheImage_StaysAsItWas()
    {
        using var image = Pictures.Checkerboard(200, 200);
        using var before = image.Clone();

        FaceBlur.Apply(image, [new BoundingBox(50, 50, 100, 100)]);

        using var difference = new Mat();
        Cv2.Absdiff(image, before, difference);
        using var blurred = new Mat(difference, new Rect(30, 30, 140, 140));
        blurred.SetTo(Scalar.Black);
        Assert.Equal(0, Cv2.Norm(difference, NormTypes.INF));
    }

    [Theory]
    [InlineData(-50, -50, 100)]
    [InlineData(190, 190, 100)]
    [InlineData(500, 500, 20)]
    [InlineData(10, 10, 0.5f)]
    [InlineData(-1000, -1000, 5000)]
    public void Apply_BoxOverTheBorderOrTiny_DoesNotThrow(float x, float y, float side)
    {
        using var image = Pictures.Checkerboard(200, 200);

        FaceBlur.Apply(image, [new BoundingBox(x, y, side, side)]);

        Assert.Equal(new Size(200, 200), image.Size());
    }
}
