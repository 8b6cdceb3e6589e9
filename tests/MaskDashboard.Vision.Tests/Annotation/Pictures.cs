using MaskDashboard.Vision.Decoding;
using OpenCvSharp;

namespace MaskDashboard.Vision.Tests.Annotation;

/// <summary>Pictures and results made for tests.</summary>
internal static class Pictures
{
    public static Mat Plain(int width, int height, byte grey) => new(height, width, MatType.CV_8UC3, new Scalar(grey, grey, grey));

    /// <summary>The same pixels as if decoded; whoever made the picture disposes it.</summary>
    public static DecodedImage Decoded(Mat picture) => new(new ImageHeader(ImageFormat.Png, picture.Width, picture.Height, null, null, null), picture);

    /// <summary>Black and white pixels in turn: the finest detail there is.</summary>
    public static Mat Checkerboard(int width, int height)
    {
        var picture = new Mat(height, width, MatType.CV_8UC3, Scalar.Black);
        for (var y = 0; y < height; y++)
        {
            for (var x = y % 2; x < width; x += 2)
            {
                picture.Set(y, x, new Vec3b(255, 255, 255));
            }
        }

        return picture;
    }

    public static FrameAnalysis Analysis(Mat picture, params FaceCandidate[] candidates) => Analysis(picture, new AnalysisSettings(), candidates);

    public static FrameAnalysis Analysis(Mat picture, AnalysisSettings settings, params FaceCandidate[] candidates) => Judgement.Judge(
        new FrameMeasurement { Width = picture.Width, Height = picture.Height, Detector = DetectorKind.YuNet, Candidates = candidates }, settings);

    public static FaceCandidate Face(float x, float y, float side, float score = 0.9f) => new(new(new(x, y, side, side), score), new(0.96f, 0.02f));

    public static Mat Decode(byte[] jpeg) => Cv2.ImDecode(jpeg, ImreadModes.Color);

    /// <summary>How many pixels in a row of the picture are of a colour, told by a rule on blue, green and red.</summary>
    public static int CountInRow(Mat picture, int y, int fromX, int toX, Func<Vec3b, bool> isColour) =>
        Enumerable.Range(fromX, toX - fromX).Count(x => isColour(picture.At<Vec3b>(y, x)));

    public static bool IsRed(Vec3b pixel) => pixel.Item2 > 150 && pixel.Item1 < 130 && pixel.Item0 < 130;

    public static bool IsGreen(Vec3b pixel) => pixel.Item1 > 130 && pixel.Item2 < 120 && pixel.Item0 < 140;
}
