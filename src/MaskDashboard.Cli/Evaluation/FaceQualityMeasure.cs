using MaskDashboard.Vision;
using OpenCvSharp;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Measures how sharp and how colourful a face is.</summary>
public static class FaceQualityMeasure
{
    // Faces are compared at one size, else a small face would look sharper than the same one enlarged.
    private const int SidePixels = 64;

    /// <summary>Measures a face.</summary>
    /// <param name="image">8-bit BGR pixels, H x W x 3.</param>
    /// <param name="box">The face, pixels; may reach over the border.</param>
    /// <returns>The quality; zeros for a box outside the image.</returns>
    public static FaceQuality Of(Mat image, BoundingBox box)
    {
        var region = Rect.FromLTRB((int)MathF.Floor(box.X), (int)MathF.Floor(box.Y), (int)MathF.Ceiling(box.Right), (int)MathF.Ceiling(box.Bottom))
            .Intersect(new Rect(0, 0, image.Width, image.Height));
        if (region.Width <= 0 || region.Height <= 0)
        {
            return default;
        }

        using var face = new Mat(image, region);
        using var resized = new Mat();
        using var grey = new Mat();
        using var edges = new Mat();
        using var hsv = new Mat();
        Cv2.Resize(face, resized, new Size(SidePixels, SidePixels), 0, 0, region.Width > SidePixels ? InterpolationFlags.Area : InterpolationFlags.Linear);
        Cv2.CvtColor(resized, grey, ColorConversionCodes.BGR2GRAY);
        Cv2.Laplacian(grey, edges, MatType.CV_64F);
        Cv2.MeanStdDev(edges, out _, out var deviation);
        Cv2.CvtColor(resized, hsv, ColorConversionCodes.BGR2HSV);
        return new FaceQuality(deviation.Val0 * deviation.Val0, Cv2.Mean(hsv).Val1 / 255);
    }
}
