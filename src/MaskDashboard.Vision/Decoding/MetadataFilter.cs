using System.Buffers.Binary;

namespace MaskDashboard.Vision.Decoding;

/// <summary>
/// Takes everything out of a file that its pixels do not need: EXIF with place and camera, XMP, IPTC, comments, thumbnails, colour
/// profiles, and whatever follows the image. The compressed pixels are copied as they are. Orientation stays, as an EXIF block of 26 bytes.
/// </summary>
/// <remarks>
/// Colour profiles go too: neither engine nor the classifier applies them, and what is shown is encoded from the values that these
/// saw. Dropping a profile therefore moves no pixel of a result.
/// </remarks>
internal static class MetadataFilter
{
    /// <summary>The file without its metadata.</summary>
    /// <param name="file">The whole file, whose header was read without complaint.</param>
    /// <param name="format">Its type.</param>
    /// <param name="orientation">EXIF orientation, 1 to 8.</param>
    public static byte[] Strip(ReadOnlySpan<byte> file, ImageFormat format, int orientation)
    {
        var kept = new MemoryStream(file.Length);
        switch (format)
        {
            case ImageFormat.Jpeg:
                JpegFilter.Strip(file, orientation, kept);
                break;
            case ImageFormat.Png:
                // Decoders take a PNG file as it lies.
                PngFilter.Strip(file, kept);
                break;
            default:
                WebPFilter.Strip(file, orientation, kept);
                break;
        }

        return kept.ToArray();
    }

    /// <summary>A TIFF block with one tag, 0x0112: what EXIF is inside (TIFF 6.0, section 2).</summary>
    /// <param name="orientation">1 to 8.</param>
    internal static byte[] Orientation(int orientation)
    {
        byte[] tiff = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(18), (ushort)orientation);
        return tiff;
    }
}
