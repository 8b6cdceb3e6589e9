using System.Buffers.Binary;
using MaskDashboard.Vision.Decoding;
using OpenCvSharp;
using SkiaSharp;

namespace MaskDashboard.Vision.Tests.Decoding;

public sealed class MetadataFilterTests
{
    private static readonly byte[] _secret = "Seoul 37.5N 127.0E, owner Kim"u8.ToArray();

    private readonly ImageDecoder _decoder = new(new DecodingOptions());

    [Theory]
    [InlineData("two-too-close.jpg")]
    [InlineData("one-bare.png")]
    [InlineData("empty-room.webp")]
    public void WithoutMetadata_Sample_HasTheSamePixels(string sample)
    {
        var file = File.ReadAllBytes(RepositoryFiles.Sample(sample));

        AssertSamePixels(file, _decoder.WithoutMetadata(file));
    }

    [SkippableFact]
    public void WithoutMetadata_PhotographsFromElsewhere_HaveTheSamePixels()
    {
        foreach (var path in Directory.EnumerateFiles(RepositoryFiles.Shared("data/face-mask-detection/val/images")).Order(StringComparer.Ordinal).Take(25))
        {
            var file = File.ReadAllBytes(path);
            AssertSamePixels(file, _decoder.WithoutMetadata(file));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    public void WithoutMetadata_Jpeg_KeepsItsOrientationAndNothingElse(int orientation)
    {
        var plain = Encode(".jpg");
        byte[] file =
        [
            .. Jpegs.WithOrientation(plain, orientation)[..^2], 0xFF, 0xFE, 0, (byte)(2 + _secret.Length), .. _secret, 0xFF, 0xD9,
            .. _secret,
        ];
        file = [.. file[..2], .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0"u8, _secret), .. Segment(0xED, "Photoshop 3.0\0"u8, _secret), .. Segment(0xE2, "ICC_PROFILE\0\u0001\u0001"u8, _secret), .. file[2..]];

        AssertCleaned(file, orientation);
    }

    [Fact]
    public void WithoutMetadata_Png_KeepsNothingButItsPixels()
    {
        var plain = Encode(".png");
        const int afterHeader = 8 + 25;
        byte[] file =
        [
            .. plain[..afterHeader], .. Chunk("eXIf"u8, MetadataFilter.Orientation(1)), .. Chunk("tEXt"u8, [.. "Comment\0"u8, .. _secret]), .. plain[afterHeader..],
            .. _secret,
        ];

        AssertCleaned(file, orientation: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void WithoutMetadata_WebP_KeepsItsOrientationAndNothingElse(int orientation)
    {
        var plain = Encode(".webp");
        byte[] extended = [0x08 | 0x04, 0, 0, 0, 59, 0, 0, 39, 0, 0];
        byte[] chunks =
        [
            .. RiffChunk("VP8X"u8, extended), .. plain[12..], .. RiffChunk("EXIF"u8, MetadataFilter.Orientation(orientation)), .. RiffChunk("XMP "u8, _secret),
        ];
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, chunks.Length + 4);
        byte[] file = [.. "RIFF"u8, .. size, .. "WEBP"u8, .. chunks];

        AssertCleaned(file, orientation);
    }

    [Fact]
    public void WithoutMetadata_TransparentPng_StaysTransparent()
    {
        using var bitmap = new SKBitmap(32, 32, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Erase(new SKColor(255, 0, 0, 128));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        AssertSamePixels(data.ToArray(), _decoder.WithoutMetadata(data.ToArray()));
    }

    private static byte[] Encode(string extension)
    {
        using var picture = new Mat(40, 60, MatType.CV_8UC3, Scalar.All(40));
        Cv2.Rectangle(picture, new Rect(3, 5, 20, 12), new Scalar(0, 0, 255), -1);
        Cv2.ImEncode(extension, picture, out var file);
        return file;
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(2 + name.Length + content.Length));
        return [0xFF, marker, .. length, .. name, .. content];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        byte[] typed = [.. type, .. content];
        return [.. length, .. typed, .. CheckSum(typed)];
    }

    // CRC-32 of PNG (annex D).
    private static byte[] CheckSum(byte[] typed)
    {
        var crc = uint.MaxValue;
        foreach (var value in typed)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ~crc);
        return bytes;
    }

    private static byte[] RiffChunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. type, .. length, .. content, .. new byte[content.Length & 1]];
    }

    private void AssertCleaned(byte[] file, int orientation)
    {
        Assert.True(file.AsSpan().IndexOf(_secret) >= 0);
        using (var data = SKData.CreateCopy(file))
        using (var codec = SKCodec.Create(data))
        {
            Assert.Equal(orientation, (int)codec.EncodedOrigin);
        }

        var cleaned = _decoder.WithoutMetadata(file);

        Assert.True(cleaned.AsSpan().IndexOf(_secret) < 0);
        Assert.True(cleaned.AsSpan().IndexOf("ns.adobe"u8) < 0);
        AssertSamePixels(file, cleaned);
    }

    private void AssertSamePixels(byte[] before, byte[] after)
    {
        using var expected = _decoder.Decode(before);
        using var actual = _decoder.Decode(after);
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.Equal(0, Cv2.Norm(expected.Bgr, actual.Bgr, NormTypes.INF));
    }
}
