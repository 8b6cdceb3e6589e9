using System.Globalization;
using MaskDashboard.Api;
using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision.Annotation;
using Microsoft.Extensions.Options;
using OpenCvSharp;

namespace MaskDashboard.Endpoints;

/// <summary>
/// Answers with pictures made of a stored photograph, or with 304 to whoever has them as they are now. Nobody is to keep one
/// unasked: its faces may be blurred the moment after.
/// </summary>
/// <param name="originals">Uploaded files.</param>
/// <param name="photographs">Their pixels.</param>
/// <param name="annotator">Draws.</param>
/// <param name="options">How.</param>
internal sealed class ServedPhotographs(OriginalStore originals, DecodedPhotographs photographs, FrameAnnotator annotator, IOptions<AnnotationOptions> options)
{
    private const int CropSidePixels = 160;
    private const int JpegQuality = 92;

    /// <summary>The photograph, encoded anew: what is shown is upright and carries none of the file's metadata.</summary>
    public async Task<IResult> OriginalAsync(HttpContext http, ImageResult result, CancellationToken cancellationToken)
    {
        if (EntityTag.Matches(http, EntityTag.OfPhotograph(originals, result.Image.Sha256)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        using var photograph = await photographs.OpenAsync(result.Image.Sha256, cancellationToken);
        Cv2.ImEncode(".jpg", photograph.Image.Bgr, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));
        return TypedResults.File(jpeg, "image/jpeg");
    }

    /// <summary>The photograph with its faces and distances drawn, as a file to download.</summary>
    public async Task<IResult> AnnotatedAsync(HttpContext http, ImageResult result, CancellationToken cancellationToken)
    {
        if (EntityTag.Matches(http, EntityTag.OfAnnotated(originals, result, options.Value)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        using var photograph = await photographs.OpenAsync(result.Image.Sha256, cancellationToken);
        var jpeg = annotator.AnnotateJpeg(photograph.Image, ResultDocument.Rejudged(result), options.Value);
        return TypedResults.File(jpeg, "image/jpeg", Path.GetFileNameWithoutExtension(result.Image.FileName) + "-annotated.jpg");
    }

    /// <summary>A square around one face.</summary>
    public async Task<IResult> CropAsync(HttpContext http, StoredImage image, Face face, CancellationToken cancellationToken)
    {
        var box = face.Box;
        var made = string.Create(CultureInfo.InvariantCulture, $"{box.X}/{box.Y}/{box.Width}/{box.Height}/{options.Value.BlurFaces}");
        if (EntityTag.Matches(http, EntityTag.OfPhotograph(originals, image.Sha256, made)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        using var photograph = await photographs.OpenAsync(image.Sha256, cancellationToken);
        return TypedResults.File(annotator.Crop(photograph.Image, face.Box, CropSidePixels, options.Value), "image/jpeg");
    }
}
