using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace MaskDashboard.Vision.Decoding;

/// <summary>Reads capture time and focal length from EXIF data. Whatever cannot be read is absent: damaged metadata never fails an image.</summary>
internal static class ExifReader
{
    private const double FullFrameWidthMillimetres = 36;
    private const int OffsetTimeOriginalTag = 0x9011;
    private const int OffsetTimeTag = 0x9010;

    /// <summary>Reads the EXIF data of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="longerSidePixels">Longer side of the image, pixels.</param>
    public static (DateTime? CapturedAt, TimeSpan? UtcOffset, double? FocalLengthPixels) Read(byte[] file, int longerSidePixels)
    {
        IReadOnlyList<MetadataExtractor.Directory> directories;
        try
        {
            using var stream = new MemoryStream(file, writable: false);
            directories = ImageMetadataReader.ReadMetadata(stream);
        }
        catch (Exception exception) when (exception is ImageProcessingException or IOException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            // The pixels decide whether an image is usable, not its metadata.
            return default;
        }

        var exif = directories.OfType<ExifSubIfdDirectory>().FirstOrDefault();
        return exif is null ? default : (CapturedAt(exif), UtcOffset(exif), FocalLengthPixels(exif, longerSidePixels));
    }

    private static DateTime? CapturedAt(ExifSubIfdDirectory exif)
    {
        foreach (var tag in (ReadOnlySpan<int>)[ExifDirectoryBase.TagDateTimeOriginal, ExifDirectoryBase.TagDateTimeDigitized])
        {
            if (exif.TryGetDateTime(tag, out var time) && time.Year is >= 1970 and <= 2200)
            {
                return DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
            }
        }

        return null;
    }

    private static TimeSpan? UtcOffset(ExifSubIfdDirectory exif)
    {
        var text = exif.GetString(OffsetTimeOriginalTag) ?? exif.GetString(OffsetTimeTag);
        return DateTimeOffset.TryParseExact("2000-01-01" + text?.Trim(), "yyyy-MM-ddzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? parsed.Offset
            : null;
    }

    // f_px = f_35mm / 36 mm x longer side: the 35 mm equivalent is defined on a frame 36 mm wide (EXIF 2.32, tag 0xA405).
    private static double? FocalLengthPixels(ExifSubIfdDirectory exif, int longerSidePixels) =>
        exif.TryGetDouble(ExifDirectoryBase.Tag35MMFilmEquivFocalLength, out var millimetres) && millimetres is >= 5 and <= 2000
            ? millimetres / FullFrameWidthMillimetres * longerSidePixels
            : null;
}
