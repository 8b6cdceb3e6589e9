using System.Buffers.Binary;

namespace MaskDashboard.Vision.Decoding;

/// <summary>Copies the chunks of a WebP file that its pixels need (RFC 9649, section 2).</summary>
internal static class WebPFilter
{
    private const int RiffBytes = 12;
    private const int ChunkHeadBytes = 8;
    private const byte ExifFlag = 0x08;
    private const byte MetadataFlags = 0x20 | ExifFlag | 0x04;

    /// <summary>Copies the picture, its alpha and its animation.</summary>
    public static void Strip(ReadOnlySpan<byte> file, int orientation, Stream kept)
    {
        kept.Write(file[..Math.Min(RiffBytes, file.Length)]);
        for (var position = RiffBytes; position + ChunkHeadBytes <= file.Length;)
        {
            var type = file.Slice(position, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(position + 4)..]);
            // A chunk of odd length is padded.
            var end = (int)Math.Min(file.Length, position + ChunkHeadBytes + length + (length & 1));
            if (type.SequenceEqual("VP8X"u8))
            {
                WriteExtended(file[position..end], orientation, kept);
            }
            else if (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("ALPH"u8) || type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8))
            {
                kept.Write(file[position..end]);
            }

            position = end;
        }

        if (orientation != 1)
        {
            if ((kept.Length & 1) != 0)
            {
                kept.WriteByte(0);
            }

            var tiff = MetadataFilter.Orientation(orientation);
            kept.Write([.. "EXIF"u8, (byte)tiff.Length, 0, 0, 0, .. tiff]);
        }

        WriteSize(kept);
    }

    private static void WriteExtended(ReadOnlySpan<byte> chunk, int orientation, Stream kept)
    {
        byte[] extended = chunk.ToArray();
        if (extended.Length > ChunkHeadBytes)
        {
            extended[ChunkHeadBytes] = (byte)((extended[ChunkHeadBytes] & ~MetadataFlags) | (orientation == 1 ? 0 : ExifFlag));
        }

        kept.Write(extended);
    }

    private static void WriteSize(Stream kept)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(kept.Length - ChunkHeadBytes));
        kept.Position = 4;
        kept.Write(size);
    }
}
