using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Vision.Decoding;

/// <summary>Limits on what is decoded; they protect memory before a single pixel is.</summary>
public sealed class DecodingOptions
{
    /// <summary>Largest file, bytes. 1 KB to 200 MB, default 25 MB.</summary>
    [Range(1_000, 200_000_000)]
    public long MaxBytes { get; set; } = 25_000_000;

    /// <summary>Most pixels, in millions. 0.1 to 200, default 50.</summary>
    [Range(0.1, 200)]
    public double MaxMegapixels { get; set; } = 50;

    /// <summary>Smallest side of an image, pixels. 1 to 1000, default 16.</summary>
    [Range(1, 1000)]
    public int MinSidePixels { get; set; } = 16;
}
