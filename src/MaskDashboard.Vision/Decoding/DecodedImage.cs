using OpenCvSharp;

namespace MaskDashboard.Vision.Decoding;

/// <summary>An image's pixels, oriented. Owns native memory.</summary>
/// <param name="header">What the file says of itself.</param>
/// <param name="bgr">8-bit BGR pixels, H x W x 3; owned from here on.</param>
public sealed class DecodedImage(ImageHeader header, Mat bgr) : IDisposable
{
    /// <summary>What the file says of itself.</summary>
    public ImageHeader Header { get; } = header;

    /// <summary>8-bit BGR pixels of the oriented image, H x W x 3.</summary>
    public Mat Bgr { get; } = bgr;

    /// <summary>Width, pixels.</summary>
    public int Width => Bgr.Width;

    /// <summary>Height, pixels.</summary>
    public int Height => Bgr.Height;

    /// <summary>The same pixels with a focal length that is known from elsewhere. Both own the pixels: dispose either.</summary>
    /// <param name="exifFocalLengthPixels">Focal length, pixels of the full-resolution image; null when it is not known.</param>
    public DecodedImage WithFocalLength(double? exifFocalLengthPixels) => new(Header with { ExifFocalLengthPixels = exifFocalLengthPixels }, Bgr);

    /// <inheritdoc />
    public void Dispose() => Bgr.Dispose();
}
