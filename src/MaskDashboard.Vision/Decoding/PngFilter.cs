using System.Buffers.Binary;

namespace MaskDashboard.Vision.Decoding;

/// <summary>Copies the chunks of a PNG file that its pixels need: the critical ones and transparency (PNG, third edition, section 11).</summary>
internal static class PngFilter
{
    private const int SignatureBytes = 8;
    private const int FrameBytes = 12;

    /// <summary>Copies from the signature to the end chunk; of an animation the still image.</summary>
    public static void Strip(ReadOnlySpan<byte> file, Stream kept)
    {
        kept.Write(file[..Math.Min(SignatureBytes, file.Length)]);
        for (var position = SignatureBytes; position + FrameBytes <= file.Length;)
        {
            var end = Math.Min(file.Length, position + FrameBytes + BinaryPrimitives.ReadUInt32BigEndian(file[position..]));
            var type = file.Slice(position + 4, 4);
            if (IsNeeded(type))
            {
                kept.Write(file[position..(int)end]);
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return;
            }

            position = (int)end;
        }
    }

    // A critical chunk's name begins with a capital letter.
    private static bool IsNeeded(ReadOnlySpan<byte> type) => char.IsAsciiLetterUpper((char)type[0]) || type.SequenceEqual("tRNS"u8);
}
