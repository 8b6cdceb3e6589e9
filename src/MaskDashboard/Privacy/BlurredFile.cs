using MaskDashboard.Vision;
using MaskDashboard.Vision.Annotation;
using MaskDashboard.Vision.Decoding;
using OpenCvSharp;

namespace MaskDashboard.Privacy;

/// <summary>Blurs faces in pixels and makes the file that is stored of them.</summary>
internal static class BlurredFile
{
    private const int Quality = 92;

    /// <summary>Blurs faces in place and encodes what is left, upright and without metadata.</summary>
    /// <param name="image">The pixels; changed.</param>
    /// <param name="boxes">The faces, pixels.</param>
    /// <returns>A file of the type that the image came in.</returns>
    public static byte[] Of(DecodedImage image, IEnumerable<BoundingBox> boxes)
    {
        FaceBlur.Apply(image.Bgr, boxes);
        var (extension, parameter) = image.Header.Format switch
        {
            ImageFormat.Png => (".png", new ImageEncodingParam(ImwriteFlags.PngCompression, 6)),
            ImageFormat.WebP => (".webp", new ImageEncodingParam(ImwriteFlags.WebPQuality, Quality)),
            _ => (".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality)),
        };
        Cv2.ImEncode(extension, image.Bgr, out var file, parameter);
        return file;
    }

    /// <summary>Blurs faces in a thumbnail whose photograph is gone.</summary>
    /// <param name="jpeg">The thumbnail.</param>
    /// <param name="imageWidth">Width of the photograph, pixels.</param>
    /// <param name="boxes">The faces, pixels of the photograph.</param>
    /// <returns>A JPEG file.</returns>
    public static byte[] OfThumbnail(byte[] jpeg, int imageWidth, IEnumerable<BoundingBox> boxes)
    {
        using var thumbnail = Cv2.ImDecode(jpeg, ImreadModes.Color);
        var scale = (float)thumbnail.Width / imageWidth;
        FaceBlur.Apply(thumbnail, boxes.Select(box => new BoundingBox(box.X * scale, box.Y * scale, box.Width * scale, box.Height * scale)));
        Cv2.ImEncode(".jpg", thumbnail, out var blurred, new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
        return blurred;
    }
}
