using OpenCvSharp;

namespace MaskDashboard.Vision.Annotation;

/// <summary>
/// Makes faces unrecognisable for good: each is averaged down to at most <see cref="CellsPerSide"/> cells a side and smoothed.
/// What is left of a face is at most 36 mean colours, far below what recognition or a reconstruction of this very person needs.
/// </summary>
public static class FaceBlur
{
    /// <summary>Cells a face is averaged to along each side. A constant, not an option: it is what makes the blur irreversible.</summary>
    public const int CellsPerSide = 6;

    /// <summary>How far the blurred region reaches beyond the box, as a share of its size on each side: hair, ears and chin.</summary>
    public const float Margin = 0.2f;

    /// <summary>Blurs the faces in place.</summary>
    /// <param name="image">8-bit pixels with 1, 3 or 4 channels, H x W.</param>
    /// <param name="boxes">The faces, pixels; may reach over the border.</param>
    public static void Apply(Mat image, IEnumerable<BoundingBox> boxes)
    {
        foreach (var box in boxes)
        {
            var region = Region(box, image.Width, image.Height);
            if (region.Width <= 0 || region.Height <= 0)
            {
                continue;
            }

            using var face = new Mat(image, region);
            using var cells = new Mat();
            Cv2.Resize(face, cells, new Size(Math.Min(CellsPerSide, region.Width), Math.Min(CellsPerSide, region.Height)), 0, 0, InterpolationFlags.Area);
            Cv2.Resize(cells, face, region.Size, 0, 0, InterpolationFlags.Linear);
        }
    }

    internal static Rect Region(in BoundingBox box, int imageWidth, int imageHeight)
    {
        var left = (int)Math.Clamp(MathF.Floor(box.X - (box.Width * Margin)), 0, imageWidth);
        var top = (int)Math.Clamp(MathF.Floor(box.Y - (box.Height * Margin)), 0, imageHeight);
        var right = (int)Math.Clamp(MathF.Ceiling(box.Right + (box.Width * Margin)), 0, imageWidth);
        var bottom = (int)Math.Clamp(MathF.Ceiling(box.Bottom + (box.Height * Margin)), 0, imageHeight);
        return new Rect(left, top, right - left, bottom - top);
    }
}
