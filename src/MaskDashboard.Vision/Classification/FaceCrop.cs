using System.Runtime.InteropServices;
using OpenCvSharp;

namespace MaskDashboard.Vision.Classification;

/// <summary>Cuts faces the way the classifier was trained on them.</summary>
internal static class FaceCrop
{
    /// <summary>A square around the box' centre, border replicated, resized. The caller disposes it.</summary>
    /// <param name="image">8-bit BGR pixels.</param>
    /// <param name="box">The face, pixels; may reach over the border.</param>
    /// <param name="scale">Side of the square in longer sides of the box.</param>
    /// <param name="side">Side of the result, pixels.</param>
    public static Mat Cut(Mat image, in BoundingBox box, double scale, int side)
    {
        var square = Math.Max(2, (int)Math.Round(Math.Max(box.Width, box.Height) * scale));
        var left = (int)Math.Round(box.CentreX - square / 2.0);
        var top = (int)Math.Round(box.CentreY - square / 2.0);
        var inside = new Rect(left, top, square, square) & new Rect(0, 0, image.Width, image.Height);
        if (inside.Width <= 0 || inside.Height <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(box), $"The face box {box} lies outside the image ({image.Width} x {image.Height}).");
        }

        using var visible = new Mat(image, inside);
        if (inside.Width == square && inside.Height == square)
        {
            return Resize(visible, side);
        }

        using var whole = new Mat();
        Cv2.CopyMakeBorder(
            visible, whole, inside.Top - top, top + square - inside.Bottom, inside.Left - left, left + square - inside.Right, BorderTypes.Replicate | BorderTypes.Isolated);
        return Resize(whole, side);
    }

    /// <summary>Resized to a square: area averaging when shrinking, bilinear when enlarging. The caller disposes it.</summary>
    public static Mat Resize(Mat picture, int side)
    {
        var resized = new Mat();
        var interpolation = Math.Max(picture.Width, picture.Height) > side ? InterpolationFlags.Area : InterpolationFlags.Linear;
        Cv2.Resize(picture, resized, new Size(side, side), interpolation: interpolation);
        return resized;
    }

    /// <summary>Writes 8-bit BGR pixels as three planes, RGB 0..1.</summary>
    public static void WriteRgb(Mat crop, Span<float> planes)
    {
        var pixels = MemoryMarshal.Cast<byte, Vec3b>(ReadBytes(crop));
        var plane = pixels.Length;
        for (var index = 0; index < plane; index++)
        {
            var pixel = pixels[index];
            planes[index] = pixel.Item2 / 255f;
            planes[plane + index] = pixel.Item1 / 255f;
            planes[2 * plane + index] = pixel.Item0 / 255f;
        }
    }

    private static unsafe ReadOnlySpan<byte> ReadBytes(Mat crop) => crop.IsContinuous()
        ? new ReadOnlySpan<byte>((void*)crop.Data, (int)crop.Total() * 3)
        : throw new ArgumentException("The crop's rows are not contiguous.", nameof(crop));
}
