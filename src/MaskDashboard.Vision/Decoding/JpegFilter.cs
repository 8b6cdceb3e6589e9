using System.Buffers.Binary;

namespace MaskDashboard.Vision.Decoding;

/// <summary>Copies the segments of a JPEG file that its pixels need (ITU-T T.81, annex B).</summary>
internal static class JpegFilter
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte FirstApplication = 0xE0;
    private const byte ExifApplication = 0xE1;
    private const byte AdobeApplication = 0xEE;
    private const byte LastApplication = 0xEF;
    private const byte Comment = 0xFE;
    private const int JfifBytes = 16;

    /// <summary>Copies from the first marker to the end of the image; a file that ends early is copied as far as it goes.</summary>
    public static void Strip(ReadOnlySpan<byte> file, int orientation, Stream kept)
    {
        kept.Write([0xFF, StartOfImage]);
        var oriented = orientation == 1;
        var position = 2;
        while (NextMarker(file, ref position) is { } marker)
        {
            if (marker == EndOfImage)
            {
                kept.Write([0xFF, EndOfImage]);
                return;
            }

            // JFIF, where there is one, comes first.
            if (!oriented && marker != FirstApplication)
            {
                WriteOrientation(orientation, kept);
                oriented = true;
            }

            position = HasNoLength(marker) ? WriteBare(marker, position, kept) : WriteSegment(file, marker, position, kept);
            if (marker == StartOfScan)
            {
                var end = EndOfScan(file, position);
                kept.Write(file[position..end]);
                position = end;
            }
        }
    }

    // Behind it the position is that of the segment's length. Bytes between two segments are passed over, as decoders do.
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (position + 1 < file.Length)
        {
            if (file[position] == 0xFF && file[position + 1] is not (0x00 or 0xFF))
            {
                position += 2;
                return file[position - 1];
            }

            position++;
        }

        return null;
    }

    private static int WriteBare(byte marker, int position, Stream kept)
    {
        kept.Write([0xFF, marker]);
        return position;
    }

    private static int WriteSegment(ReadOnlySpan<byte> file, byte marker, int position, Stream kept)
    {
        var length = position + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[position..]) : 2;
        var end = Math.Min(file.Length, position + Math.Max(length, (ushort)2));
        if (marker == FirstApplication)
        {
            WriteJfif(file[position..end], kept);
        }
        else if (IsNeeded(marker))
        {
            kept.Write([0xFF, marker]);
            kept.Write(file[position..end]);
        }

        return end;
    }

    // Without the thumbnail that it may hold; its extension (JFXX) is nothing but one.
    private static void WriteJfif(ReadOnlySpan<byte> segment, Stream kept)
    {
        if (segment.Length >= JfifBytes && segment[2..].StartsWith("JFIF\0"u8))
        {
            kept.Write([0xFF, FirstApplication, 0, JfifBytes]);
            kept.Write(segment[2..(JfifBytes - 2)]);
            kept.Write([0, 0]);
        }
    }

    private static void WriteOrientation(int orientation, Stream kept)
    {
        var tiff = MetadataFilter.Orientation(orientation);
        Span<byte> head = [0xFF, ExifApplication, 0, 0, .. "Exif\0\0"u8];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(head.Length - 2 + tiff.Length));
        kept.Write(head);
        kept.Write(tiff);
    }

    // Adobe's segment says how the components make colours, as JFIF's does. No other application segment concerns pixels.
    private static bool IsNeeded(byte marker) =>
        marker == AdobeApplication || marker is not ((>= FirstApplication and <= LastApplication) or Comment);

    private static bool HasNoLength(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD8);

    // Entropy-coded data goes on over stuffed zeros, fill bytes and restart markers.
    private static int EndOfScan(ReadOnlySpan<byte> file, int position)
    {
        while (position + 1 < file.Length)
        {
            if (file[position] == 0xFF && file[position + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return position;
            }

            position++;
        }

        return file.Length;
    }
}
