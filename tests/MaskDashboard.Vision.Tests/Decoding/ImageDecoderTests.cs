using MaskDashboard.Vision.Decoding;
using OpenCvSharp;
using SkiaSharp;

namespace MaskDashboard.Vision.Tests.Decoding;

public sealed class ImageDecoderTests
{
    private readonly ImageDecoder _decoder = new(new DecodingOptions());

    [Theory]
    [InlineData("two-too-close.jpg", ImageFormat.Jpeg, 900, 640)]
    [InlineData("one-bare.png", ImageFormat.Png, 480, 480)]
    [InlineData("empty-room.webp", ImageFormat.WebP, 960, 600)]
    public void Decode_AcceptedType_GivesPixelsOfThatSize(string sample, ImageFormat format, int width, int height)
    {
        using var image = _decoder.Decode(File.ReadAllBytes(RepositoryFiles.Sample(sample)));

        Assert.Equal((format, width, height), (image.Header.Format, image.Width, image.Height));
        Assert.Equal(MatType.CV_8UC3, image.Bgr.Type());
    }

    [Fact]
    public void Decode_NoBytes_SaysEmpty() => AssertRejected([], ImageRejection.Empty, "empty");

    [Fact]
    public void Decode_Text_SaysNotAnImage() => AssertRejected("This is no image."u8.ToArray(), ImageRejection.NotAnImage, "JPEG, PNG or WebP");

    [Fact]
    public void Decode_Gif_SaysNotAnImage() => AssertRejected(
        Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), ImageRejection.NotAnImage, "JPEG, PNG or WebP");

    [Theory]
    [InlineData("two-too-close.jpg")]
    [InlineData("one-bare.png")]
    public void Decode_HalfAFile_SaysTruncated(string sample)
    {
        var file = File.ReadAllBytes(RepositoryFiles.Sample(sample));

        AssertRejected(file[..(file.Length / 2)], ImageRejection.Truncated, "cut off");
    }

    [Fact]
    public void Decode_FewBytesOfAJpeg_SaysTruncated() =>
        AssertRejected(File.ReadAllBytes(RepositoryFiles.Sample("two-too-close.jpg"))[..20], ImageRejection.Truncated, "cut off");

    [Fact]
    public void ReadHeader_TooManyPixels_SaysHowManyAndTheLimit()
    {
        var decoder = new ImageDecoder(new DecodingOptions { MaxMegapixels = 0.5 });

        var rejected = Assert.Throws<ImageRejectedException>(() => decoder.ReadHeader(File.ReadAllBytes(RepositoryFiles.Sample("two-too-close.jpg"))));

        Assert.Equal(ImageRejection.TooManyPixels, rejected.Rejection);
        Assert.Contains("0.6 megapixels (900 x 640)", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadHeader_TooManyBytes_SaysTheLimit()
    {
        var decoder = new ImageDecoder(new DecodingOptions { MaxBytes = 1_000 });

        var rejected = Assert.Throws<ImageRejectedException>(() => decoder.ReadHeader(new byte[1_001]));

        Assert.Equal(ImageRejection.TooLarge, rejected.Rejection);
    }

    [Fact]
    public void Decode_Transparency_LiesOnWhite()
    {
        using var bitmap = new SKBitmap(32, 32, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Erase(new SKColor(255, 0, 0, 128));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        using var image = _decoder.Decode(data.ToArray());

        var pixel = image.Bgr.At<Vec3b>(16, 16);
        Assert.Equal(255, pixel.Item2);
        Assert.InRange(pixel.Item0, 126, 128);
        Assert.InRange(pixel.Item1, 126, 128);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_GreyAnd16Bit_GiveColourPixels(bool sixteenBit)
    {
        using var grey = sixteenBit ? new Mat(40, 50, MatType.CV_16UC1, Scalar.All(32_768)) : new Mat(40, 50, MatType.CV_8UC1, Scalar.All(128));
        Cv2.ImEncode(".png", grey, out var file);

        using var image = _decoder.Decode(file);

        Assert.Equal(new Vec3b(128, 128, 128), image.Bgr.At<Vec3b>(20, 25));
    }

    [Theory]
    [InlineData(1, 60, 40)]
    [InlineData(2, 60, 40)]
    [InlineData(3, 60, 40)]
    [InlineData(4, 60, 40)]
    [InlineData(5, 40, 60)]
    [InlineData(6, 40, 60)]
    [InlineData(7, 40, 60)]
    [InlineData(8, 40, 60)]
    public void Decode_ExifOrientation_TurnsTheRedCornerToTheTopLeft(int orientation, int storedWidth, int storedHeight)
    {
        // The upright picture is 60 x 40 with a red top-left corner; stored is what a camera held that way would have written.
        using var stored = new Mat(storedHeight, storedWidth, MatType.CV_8UC3, Scalar.All(40));
        var (x, y) = orientation switch
        {
            1 or 5 => (0, 0),
            2 => (storedWidth - 16, 0),
            3 => (storedWidth - 16, storedHeight - 16),
            4 => (0, storedHeight - 16),
            6 => (0, storedHeight - 16),
            7 => (storedWidth - 16, storedHeight - 16),
            _ => (storedWidth - 16, 0),
        };
        Cv2.Rectangle(stored, new Rect(x, y, 16, 16), new Scalar(0, 0, 255), -1);
        Cv2.ImEncode(".jpg", stored, out var file);

        using var image = _decoder.Decode(Jpegs.WithOrientation(file, orientation));

        Assert.Equal((60, 40), (image.Width, image.Height));
        Assert.InRange(image.Bgr.At<Vec3b>(5, 5).Item2, 200, 255);
        Assert.InRange(image.Bgr.At<Vec3b>(35, 55).Item2, 0, 100);
    }

    private void AssertRejected(byte[] file, ImageRejection rejection, string words)
    {
        var rejected = Assert.Throws<ImageRejectedException>(() => _decoder.Decode(file));

        Assert.Equal(rejection, rejected.Rejection);
        Assert.Contains(words, rejected.Message, StringComparison.Ordinal);
    }
}
