namespace MaskDashboard.Vision.Decoding;

/// <summary>What a file says of itself before its pixels are decoded.</summary>
/// <param name="Format">Type, by content.</param>
/// <param name="Width">Width after EXIF orientation, pixels.</param>
/// <param name="Height">Height after EXIF orientation, pixels.</param>
/// <param name="CapturedAt">When it was taken as the camera's clock showed it; null when the file does not say.</param>
/// <param name="CapturedUtcOffset">The clock's offset from UTC; null when the file does not say.</param>
/// <param name="ExifFocalLengthPixels">Focal length in pixels of the full-resolution image; null when the file does not say.</param>
public sealed record ImageHeader(
    ImageFormat Format,
    int Width,
    int Height,
    DateTime? CapturedAt,
    TimeSpan? CapturedUtcOffset,
    double? ExifFocalLengthPixels);

/// <summary>Names of image types.</summary>
public static class ImageFormats
{
    /// <summary>The media type, for instance <c>image/jpeg</c>.</summary>
    /// <param name="format">Type.</param>
    public static string ContentType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        _ => "image/webp",
    };

    /// <summary>The file extension with its dot, for instance <c>.jpg</c>.</summary>
    /// <param name="format">Type.</param>
    public static string Extension(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => ".jpg",
        ImageFormat.Png => ".png",
        _ => ".webp",
    };
}
