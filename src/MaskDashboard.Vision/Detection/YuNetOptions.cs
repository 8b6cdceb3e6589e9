using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Vision.Detection;

/// <summary>How YuNet looks at an image, and at which size. Small photographs are enlarged: that matters more than anything for small faces.</summary>
public sealed class YuNetOptions
{
    /// <summary>Small images are enlarged until the longer side has this many pixels, but not more than <see cref="MaxEnlargement"/> times. 320 to 4096, default 800.</summary>
    [Range(320, 4096)]
    public int TargetLongSidePixels { get; set; } = 800;

    /// <summary>Most that a small image is enlarged. 1 to 4, default 2.</summary>
    [Range(1.0, 4.0)]
    public double MaxEnlargement { get; set; } = 2;

    /// <summary>How often the detector looks: once, at the image; twice, at the mirror image and, less enlarged, at the image; or three times, at the image itself as well. It takes the mean: fewer false detections, better boxes. 1 to 3, default 3.</summary>
    [Range(1, 3)]
    public int Looks { get; set; } = 3;

    /// <summary>What is left of an enlargement in the second look: it sees other sizes better. An image that is not enlarged is looked at in one size, twice at most. 0.25 to 1, default 0.625.</summary>
    [Range(0.25, 1.0)]
    public double SecondLookEnlargement { get; set; } = 0.625;

    /// <summary>Images with a longer side are reduced to this, pixels. 640 to 8192, default 1600.</summary>
    [Range(640, 8192)]
    public int MaxLongSidePixels { get; set; } = 1600;

    /// <summary>Most detections kept of one image, strongest first. 10 to 5000, default 1000.</summary>
    [Range(10, 5000)]
    public int MaxDetections { get; set; } = 1000;

    /// <summary>Detections weaker than this are not even kept for later thresholds. 0.01 to 0.2, default 0.2; lower only to measure the detector, whose precision-recall curve goes on below.</summary>
    [Range(0.01, 0.2)]
    public double ScoreFloor { get; set; } = YuNetFaceDetector.ScoreFloor;

    /// <summary>The looks at an image: the factor from its pixels to those of each look, and whether it is at the mirror image.</summary>
    /// <param name="width">Image width, pixels.</param>
    /// <param name="height">Image height, pixels.</param>
    internal IReadOnlyList<(double Scale, bool Mirrored)> LooksAt(int width, int height)
    {
        var scale = ScaleFor(width, height);
        if (Looks == 1)
        {
            return [(scale, false)];
        }

        var smaller = Math.Max(Math.Min(scale, 1), scale * SecondLookEnlargement);
        return Looks == 2 || smaller == scale ? [(scale, true), (smaller, false)] : [(scale, true), (smaller, false), (scale, false)];
    }

    // The factor from image pixels to inference pixels.
    private double ScaleFor(int width, int height)
    {
        double longSide = Math.Max(width, height);
        return longSide < TargetLongSidePixels
            ? Math.Min(MaxEnlargement, TargetLongSidePixels / longSide)
            : Math.Min(1, MaxLongSidePixels / longSide);
    }
}
