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
}
