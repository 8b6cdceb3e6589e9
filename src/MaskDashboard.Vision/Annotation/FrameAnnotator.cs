using MaskDashboard.Vision.Decoding;
using OpenCvSharp;
using SkiaSharp;

namespace MaskDashboard.Vision.Annotation;

/// <summary>Draws results into pictures: the annotated image to download, the thumbnail of the history, the crop of one face. May be used from several threads.</summary>
public sealed class FrameAnnotator : IDisposable
{
    private const double MaxEnlargement = 4;
    private const float CropMargin = 1.3f;
    private static readonly Scalar s_outsideGrey = new(0xE0, 0xE0, 0xE0);
    private readonly SKTypeface _typeface = LabelTypeface.Load();

    /// <summary>Burns boxes, labels and distance lines into the image.</summary>
    /// <param name="image">The image that was analysed.</param>
    /// <param name="analysis">Its result.</param>
    /// <param name="options">Quality, enlargement, blur.</param>
    /// <returns>A JPEG file.</returns>
    public byte[] AnnotateJpeg(DecodedImage image, FrameAnalysis analysis, AnnotationOptions options)
    {
        var longerSide = Math.Max(image.Width, image.Height);
        var scale = Math.Clamp((double)options.MinLongerSidePixels / longerSide, 1, MaxEnlargement);
        return Draw(image.Bgr, analysis, options, scale, options.JpegQuality, size => AnnotationStyle.ForImage(
            size, analysis.CountedFaces.Select(face => (float)(face.Box.Height * scale))));
    }

    /// <summary>Draws a small picture with boxes and lines but no text.</summary>
    /// <param name="image">The image that was analysed.</param>
    /// <param name="analysis">Its result.</param>
    /// <param name="options">Size, quality, blur.</param>
    /// <returns>A JPEG file whose longer side is at most <see cref="AnnotationOptions.ThumbnailLongerSidePixels"/>.</returns>
    public byte[] Thumbnail(DecodedImage image, FrameAnalysis analysis, AnnotationOptions options)
    {
        var scale = Math.Min(1, (double)options.ThumbnailLongerSidePixels / Math.Max(image.Width, image.Height));
        return Draw(image.Bgr, analysis, options, scale, options.ThumbnailJpegQuality, _ => AnnotationStyle.ForThumbnail);
    }

    /// <summary>Cuts out one face with a margin, as a square; what lies outside the image is grey.</summary>
    /// <param name="image">The image.</param>
    /// <param name="box">The face, pixels.</param>
    /// <param name="sidePixels">Side of the crop, pixels, at least 1.</param>
    /// <param name="options">Quality, blur; the defaults when null.</param>
    /// <returns>A JPEG file.</returns>
    public byte[] Crop(DecodedImage image, BoundingBox box, int sidePixels, AnnotationOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sidePixels, 1);
        options ??= new AnnotationOptions();
        var side = Math.Max(1, (int)MathF.Round(Math.Max(box.Width, box.Height) * CropMargin));
        var wanted = new Rect((int)MathF.Round(box.CentreX - (side / 2f)), (int)MathF.Round(box.CentreY - (side / 2f)), side, side);
        using var square = new Mat(side, side, MatType.CV_8UC3, s_outsideGrey);
        var visible = wanted.Intersect(new Rect(0, 0, image.Width, image.Height));
        if (visible.Width > 0 && visible.Height > 0)
        {
            using var source = new Mat(image.Bgr, visible);
            using var target = new Mat(square, new Rect(visible.X - wanted.X, visible.Y - wanted.Y, visible.Width, visible.Height));
            source.CopyTo(target);
        }

        if (options.BlurFaces)
        {
            FaceBlur.Apply(square, [new BoundingBox(box.X - wanted.X, box.Y - wanted.Y, box.Width, box.Height)]);
        }

        using var resized = Resize(square, (double)sidePixels / side, new Size(sidePixels, sidePixels));
        using var bitmap = ToBitmap(resized);
        return EncodeJpeg(bitmap, options.ThumbnailJpegQuality);
    }

    /// <summary>Frees the typeface.</summary>
    public void Dispose() => _typeface.Dispose();

    private byte[] Draw(Mat image, FrameAnalysis analysis, AnnotationOptions options, double scale, int quality, Func<float, AnnotationStyle> style)
    {
        if (analysis.Measurement.Width != image.Width || analysis.Measurement.Height != image.Height)
        {
            throw new ArgumentException(
                $"The result is of an image of {analysis.Measurement.Width} x {analysis.Measurement.Height} pixels, this one has {image.Width} x {image.Height}.", nameof(analysis));
        }

        var size = new Size(Math.Max(1, (int)Math.Round(image.Width * scale)), Math.Max(1, (int)Math.Round(image.Height * scale)));
        using var resized = Resize(image, scale, size);
        if (options.BlurFaces)
        {
            // Every candidate, also those under the threshold: what might be a face is not written readable.
            FaceBlur.Apply(resized, analysis.Faces.Select(face => new BoundingBox(
                (float)(face.Box.X * scale), (float)(face.Box.Y * scale), (float)(face.Box.Width * scale), (float)(face.Box.Height * scale))));
        }

        using var bitmap = ToBitmap(resized);
        using var canvas = new SKCanvas(bitmap);
        new FrameDrawing(canvas, analysis, style(Math.Max(size.Width, size.Height)), _typeface, (float)scale).Draw(DistanceLines.Choose(analysis, options.MaxPairLines));
        canvas.Flush();
        return EncodeJpeg(bitmap, quality);
    }

    // Always a new image, so that a blur never touches the caller's pixels.
    private static Mat Resize(Mat image, double scale, Size size)
    {
        if (size == image.Size())
        {
            return image.Clone();
        }

        var resized = new Mat();
        Cv2.Resize(image, resized, size, 0, 0, scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        return resized;
    }

    private static SKBitmap ToBitmap(Mat image)
    {
        var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var pixels = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC4, bitmap.GetPixels(), bitmap.RowBytes);
        Cv2.CvtColor(image, pixels, ColorConversionCodes.BGR2BGRA);
        return bitmap;
    }

    private static byte[] EncodeJpeg(SKBitmap bitmap, int quality)
    {
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore))
            ?? throw new InvalidOperationException($"A picture of {bitmap.Width} x {bitmap.Height} pixels could not be written as JPEG; it is larger than JPEG allows (65,535 pixels a side).");
        return data.ToArray();
    }
}
