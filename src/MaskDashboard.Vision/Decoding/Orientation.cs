using OpenCvSharp;
using SkiaSharp;

namespace MaskDashboard.Vision.Decoding;

/// <summary>Turns and mirrors pixels as EXIF orientation 1 to 8 says (EXIF 2.32, tag 0x0112).</summary>
internal static class Orientation
{
    /// <summary>Whether width and height change places.</summary>
    public static bool SwapsSides(SKEncodedOrigin origin) => origin
        is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>A new image, upright; <paramref name="image"/> stays as it is.</summary>
    public static Mat Apply(Mat image, SKEncodedOrigin origin)
    {
        var upright = new Mat();
        switch (origin)
        {
            case SKEncodedOrigin.TopRight:
                Cv2.Flip(image, upright, FlipMode.Y);
                break;
            case SKEncodedOrigin.BottomRight:
                Cv2.Rotate(image, upright, RotateFlags.Rotate180);
                break;
            case SKEncodedOrigin.BottomLeft:
                Cv2.Flip(image, upright, FlipMode.X);
                break;
            case SKEncodedOrigin.LeftTop:
                Cv2.Transpose(image, upright);
                break;
            case SKEncodedOrigin.RightTop:
                Cv2.Rotate(image, upright, RotateFlags.Rotate90Clockwise);
                break;
            case SKEncodedOrigin.RightBottom:
                using (var turned = new Mat())
                {
                    Cv2.Rotate(image, turned, RotateFlags.Rotate180);
                    Cv2.Transpose(turned, upright);
                }

                break;
            case SKEncodedOrigin.LeftBottom:
                Cv2.Rotate(image, upright, RotateFlags.Rotate90Counterclockwise);
                break;
            default:
                image.CopyTo(upright);
                break;
        }

        return upright;
    }
}
