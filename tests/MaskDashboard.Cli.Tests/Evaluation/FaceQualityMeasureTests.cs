using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Vision;
using OpenCvSharp;

namespace MaskDashboard.Cli.Tests.Evaluation;

public class FaceQualityMeasureTests
{
    [Fact]
    public void Of_BlurredFace_IsLessSharp()
    {
        using var sharp = new Mat(64, 64, MatType.CV_8UC3, Scalar.Black);
        Cv2.Rectangle(sharp, new Rect(16, 16, 32, 32), Scalar.White, -1);
        using var blurred = sharp.GaussianBlur(new Size(15, 15), 0);
        var box = new BoundingBox(0, 0, 64, 64);

        Assert.True(FaceQualityMeasure.Of(sharp, box).Sharpness > 10 * FaceQualityMeasure.Of(blurred, box).Sharpness);
    }

    [Theory]
    [InlineData(100, 100, 100, 0)]
    [InlineData(0, 0, 255, 1)]
    [InlineData(100, 100, 200, 0.5)]
    public void Of_PlainColour_HasItsSaturation(int blue, int green, int red, double expected)
    {
        using var image = new Mat(40, 40, MatType.CV_8UC3, new Scalar(blue, green, red));

        Assert.Equal(expected, FaceQualityMeasure.Of(image, new BoundingBox(-5, -5, 30, 30)).Saturation, 2);
    }

    [Fact]
    public void Of_BoxOutsideTheImage_IsZero()
    {
        using var image = new Mat(40, 40, MatType.CV_8UC3, Scalar.White);

        Assert.Equal(default, FaceQualityMeasure.Of(image, new BoundingBox(100, 100, 30, 30)));
    }
}
