using MaskDashboard.Cli.Metrics;
using OpenCvSharp;

namespace MaskDashboard.Cli.Tests.Metrics;

public class PerceptualHashTests
{
    [Fact]
    public void Distance_SameScene_SmallAfterResizingAndCompression()
    {
        using var scene = Scene(0);
        using var smaller = new Mat();
        Cv2.Resize(scene, smaller, new Size(90, 90), 0, 0, InterpolationFlags.Area);
        Cv2.ImEncode(".jpg", smaller, out var jpeg, [(int)ImwriteFlags.JpegQuality, 60]);
        using var copy = Cv2.ImDecode(jpeg, ImreadModes.Color);

        Assert.InRange(PerceptualHash.Distance(PerceptualHash.Of(scene), PerceptualHash.Of(copy)), 0, PerceptualHash.MaxNearDuplicateBits);
    }

    [Fact]
    public void Distance_OtherScene_IsLarge()
    {
        using var scene = Scene(0);
        using var other = Scene(80);

        Assert.True(PerceptualHash.Distance(PerceptualHash.Of(scene), PerceptualHash.Of(other)) > 3 * PerceptualHash.MaxNearDuplicateBits);
    }

    [Theory]
    [InlineData(0UL, 0UL, 0)]
    [InlineData(0UL, ulong.MaxValue, 64)]
    [InlineData(0b1011UL, 0b0001UL, 2)]
    public void Distance_Hashes_CountsBits(ulong first, ulong second, int expected) => Assert.Equal(expected, PerceptualHash.Distance(first, second));

    private static Mat Scene(int shift)
    {
        var scene = new Mat(144, 144, MatType.CV_8UC3, new Scalar(200, 180, 160));
        Cv2.Ellipse(scene, new Point(40 + shift, 50), new Size(30, 40), 20, 0, 360, new Scalar(60, 80, 120), -1);
        Cv2.Rectangle(scene, new Rect(20, 90 - (shift / 2), 70, 35), new Scalar(240, 240, 250), -1);
        Cv2.Line(scene, new Point(shift, 10), new Point(140 - shift, 130), new Scalar(10, 10, 10), 9);
        return scene;
    }
}
