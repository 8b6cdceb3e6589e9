using System.Buffers.Binary;
using System.Text;

namespace MaskDashboard.Tests.Uploads;

/// <summary>Puts into a JPEG file what a telephone writes.</summary>
internal static class ExifPhotographs
{
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;

    /// <summary>Adds an APP1 segment: taken on 2026-05-13 09:30:00 at +09:00, 28 mm in terms of a 35 mm film, with a description that names a place.</summary>
    public static byte[] WithPlaceTimeAndFocalLength(byte[] jpeg)
    {
        var description = Encoding.ASCII.GetBytes("Seoul gate 3\0");
        var time = Encoding.ASCII.GetBytes("2026:05:13 09:30:00\0");
        var offset = Encoding.ASCII.GetBytes("+09:00\0\0");
        const int mainDirectory = 8;
        const int exifDirectory = mainDirectory + 2 + (2 * 12) + 4;
        const int texts = exifDirectory + 2 + (3 * 12) + 4;
        byte[] tiff =
        [
            .. "II"u8, 42, 0, 8, 0, 0, 0,
            2, 0, .. Entry(0x010E, Ascii, description.Length, texts), .. Entry(0x8769, Long, 1, exifDirectory), 0, 0, 0, 0,
            3, 0, .. Entry(0x9003, Ascii, time.Length, texts + description.Length), .. Entry(0x9011, Ascii, 7, texts + description.Length + time.Length), .. Entry(0xA405, Short, 1, 28), 0, 0, 0, 0,
            .. description, .. time, .. offset,
        ];
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(2 + 6 + tiff.Length));
        return [.. jpeg[..2], 0xFF, 0xE1, .. length, .. "Exif\0\0"u8, .. tiff, .. jpeg[2..]];
    }

    private static byte[] Entry(ushort tag, ushort type, int count, int value)
    {
        byte[] entry = new byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), type);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), count);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), value);
        return entry;
    }
}
