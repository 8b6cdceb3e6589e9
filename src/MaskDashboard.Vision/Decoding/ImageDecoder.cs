using OpenCvSharp;
using SkiaSharp;

namespace MaskDashboard.Vision.Decoding;

/// <summary>
/// Bytes in, oriented pixels out. The header is checked before any pixel is decoded; type is told by content.
/// Thread-safe.
/// </summary>
/// <param name="options">Limits.</param>
public sealed class ImageDecoder(DecodingOptions options)
{
    /// <summary>Reads and checks the header alone.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="ImageRejectedException">The file cannot be analysed; the message says why.</exception>
    public ImageHeader ReadHeader(byte[] file)
    {
        using var codec = OpenCodec(file);
        return HeaderOf(file, codec);
    }

    /// <summary>The same file without place, camera, thumbnail, comments and colour profile: what may be kept. It decodes to the same upright pixels.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="ImageRejectedException">The file cannot be analysed; the message says why.</exception>
    public byte[] WithoutMetadata(byte[] file)
    {
        using var codec = OpenCodec(file);
        return MetadataFilter.Strip(file, FormatOf(codec)!.Value, (int)codec.EncodedOrigin);
    }

    /// <summary>Decodes a file: orientation applied, alpha laid on white, grey and 16-bit brought to 8-bit colour, first frame of an animation.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="ImageRejectedException">The file cannot be analysed; the message says why.</exception>
    public DecodedImage Decode(byte[] file)
    {
        using var codec = OpenCodec(file);
        var header = HeaderOf(file, codec);
        var orientation = codec.EncodedOrigin;
        CheckPixelsAreWhole(codec);

        // OpenCV decodes the colours that its cascade was compared with, pixel for pixel; Skia steps in for what OpenCV cannot read.
        var bgr = HasAlpha(codec) ? null : DecodeWithOpenCv(file);
        bgr ??= DecodeWithSkia(codec);
        try
        {
            return new DecodedImage(header, Orientation.Apply(bgr, orientation));
        }
        finally
        {
            bgr.Dispose();
        }
    }

    private SKCodec OpenCodec(byte[] file)
    {
        if (file.Length == 0)
        {
            throw new ImageRejectedException(ImageRejection.Empty, RejectionSentences.Empty);
        }

        if (file.Length > options.MaxBytes)
        {
            throw TooLarge(options.MaxBytes);
        }

        using var data = SKData.CreateCopy(file);
        var codec = SKCodec.Create(data);
        if (codec is not null && FormatOf(codec) is not null)
        {
            return codec;
        }

        codec?.Dispose();
        throw LooksLikeAcceptedType(file)
            ? Damaged()
            : new ImageRejectedException(ImageRejection.NotAnImage, RejectionSentences.NotAnImage);
    }

    /// <summary>The rejection of a file with too many bytes.</summary>
    /// <param name="maxBytes">The limit.</param>
    public static ImageRejectedException TooLarge(long maxBytes) =>
        new(ImageRejection.TooLarge, RejectionSentences.With(RejectionSentences.TooLarge, maxBytes / 1e6));

    private ImageHeader HeaderOf(byte[] file, SKCodec codec)
    {
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var megapixels = (double)width * height / 1e6;
        if (megapixels > options.MaxMegapixels)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels,
                RejectionSentences.With(RejectionSentences.TooManyPixels, megapixels, width, height, options.MaxMegapixels));
        }

        if (Math.Min(width, height) < options.MinSidePixels)
        {
            throw new ImageRejectedException(
                ImageRejection.TooSmall,
                RejectionSentences.With(RejectionSentences.TooSmall, width, height, options.MinSidePixels));
        }

        if (Orientation.SwapsSides(codec.EncodedOrigin))
        {
            (width, height) = (height, width);
        }

        var (capturedAt, offset, focalLength) = ExifReader.Read(file, Math.Max(width, height));
        return new ImageHeader(FormatOf(codec)!.Value, width, height, capturedAt, offset, focalLength);
    }

    private static ImageFormat? FormatOf(SKCodec codec) => codec.EncodedFormat switch
    {
        SKEncodedImageFormat.Jpeg => ImageFormat.Jpeg,
        SKEncodedImageFormat.Png => ImageFormat.Png,
        SKEncodedImageFormat.Webp => ImageFormat.WebP,
        _ => null,
    };

    private static bool LooksLikeAcceptedType(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
        || (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8));

    private static bool HasAlpha(SKCodec codec) => codec.Info.AlphaType != SKAlphaType.Opaque;

    // OpenCV fills a cut-off file with grey and says nothing, so Skia reads the pixels once and tells.
    private static void CheckPixelsAreWhole(SKCodec codec)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        using var pixels = new SKBitmap();
        if (!pixels.TryAllocPixels(info))
        {
            throw new ImageRejectedException(ImageRejection.TooManyPixels, RejectionSentences.NoMemory);
        }

        var result = codec.GetPixels(info, pixels.GetPixels());
        if (result is not SKCodecResult.Success)
        {
            throw Damaged();
        }
    }

    private static ImageRejectedException Damaged(Exception? innerException = null) =>
        new(ImageRejection.Truncated, RejectionSentences.Damaged, innerException);

    private static Mat? DecodeWithOpenCv(byte[] file)
    {
        var image = Cv2.ImDecode(file, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        if (!image.Empty())
        {
            return image;
        }

        image.Dispose();
        return null;
    }

    private static Mat DecodeWithSkia(SKCodec codec)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Premul);
        using var pixels = new Mat(info.Height, info.Width, MatType.CV_8UC4);
        if (codec.GetPixels(info, pixels.Data, (int)pixels.Step(), SKCodecOptions.Default) is not SKCodecResult.Success)
        {
            throw Damaged();
        }

        // Premultiplied colour over white: c + (255 - alpha).
        var channels = Cv2.Split(pixels);
        try
        {
            using var background = new Mat();
            Cv2.BitwiseNot(channels[3], background);
            for (var channel = 0; channel < 3; channel++)
            {
                Cv2.Add(channels[channel], background, channels[channel]);
            }

            var image = new Mat();
            Cv2.Merge(channels[..3], image);
            return image;
        }
        finally
        {
            foreach (var channel in channels)
            {
                channel.Dispose();
            }
        }
    }
}
