using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Components.Uploading;

/// <summary>What may be uploaded, for the browser's own check and for people.</summary>
/// <param name="MaxBytes">Largest file, bytes.</param>
/// <param name="MaxMegapixels">Largest image, millions of pixels.</param>
public sealed record UploadLimits(long MaxBytes, double MaxMegapixels)
{
    /// <summary>The limits of the decoder.</summary>
    /// <param name="options">Its options.</param>
    public static UploadLimits Of(DecodingOptions options) => new(options.MaxBytes, options.MaxMegapixels);
}
