using System.Text.Json;
using MaskDashboard.Accounts;
using MaskDashboard.Api;
using MaskDashboard.Compliance;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision.Annotation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Endpoints;

/// <summary>Pictures and files of a result.</summary>
public static class ImageEndpoints
{
    private const int CropSidePixels = 160;

    /// <summary>Maps <c>/images/{id}/original</c>, <c>annotated</c>, <c>thumbnail</c>, <c>result.json</c> and <c>/faces/{id}/crop</c>.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapImages(this WebApplication app)
    {
        var images = app.MapGroup("/images/{imageId:long}").RequireAuthorization(Policies.Viewer);
        images.MapGet("/original", OriginalAsync).AddEndpointFilter(KeepPrivateAsync);
        images.MapGet("/annotated", AnnotatedAsync).AddEndpointFilter(RevalidateAsync);
        images.MapGet("/thumbnail", ThumbnailAsync).AddEndpointFilter(RevalidateAsync);
        images.MapGet("/result.json", ResultAsync).AddEndpointFilter(RevalidateAsync);
        app.MapGet("/faces/{faceId:long}/crop", CropAsync).RequireAuthorization(Policies.Viewer).AddEndpointFilter(KeepPrivateAsync);
        return app;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> OriginalAsync(
        long imageId, ResultQueries results, DecodedPhotographs photographs, CancellationToken cancellationToken)
    {
        if (await results.FindAsync(imageId, cancellationToken) is not { Image.HasOriginal: true } result)
        {
            return TypedResults.NotFound();
        }

        // Encoded anew: what is shown is upright and carries none of the file's metadata.
        using var photograph = await photographs.OpenAsync(result.Image.Sha256, cancellationToken);
        OpenCvSharp.Cv2.ImEncode(".jpg", photograph.Image.Bgr, out var jpeg, new OpenCvSharp.ImageEncodingParam(OpenCvSharp.ImwriteFlags.JpegQuality, 92));
        return TypedResults.File(jpeg, "image/jpeg");
    }

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, NotFound>> AnnotatedAsync(
        long imageId, HttpContext http, ResultQueries results, DecodedPhotographs photographs, FrameAnnotator annotator, IOptions<AnnotationOptions> options, CancellationToken cancellationToken)
    {
        if (await results.FindAsync(imageId, cancellationToken) is not { Image.HasOriginal: true, Analysis.State: AnalysisState.Done } result)
        {
            return TypedResults.NotFound();
        }

        if (EntityTag.Matches(http, EntityTag.Of(result, options.Value)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        using var photograph = await photographs.OpenAsync(result.Image.Sha256, cancellationToken);
        var jpeg = annotator.AnnotateJpeg(photograph.Image, ResultDocument.Rejudged(result), options.Value);
        return TypedResults.File(jpeg, "image/jpeg", Path.GetFileNameWithoutExtension(result.Image.FileName) + "-annotated.jpg");
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ThumbnailAsync(
        long imageId, IDbContextFactory<DashboardDbContext> contexts, ThumbnailRedraw redraw, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var thumbnail = await context.Analyses.Where(analysis => analysis.ImageId == imageId && analysis.IsCurrent)
            .Select(analysis => analysis.Thumbnail).SingleOrDefaultAsync(cancellationToken);
        if (thumbnail is { IsStale: true })
        {
            // Judged again since it was drawn; the next look shows it as it is.
            redraw.Request(thumbnail.AnalysisId);
        }

        return thumbnail is null ? TypedResults.NotFound() : TypedResults.File(thumbnail.Bytes, thumbnail.ContentType, entityTag: EntityTag.Of(thumbnail.Bytes));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ResultAsync(long imageId, ResultQueries results, CancellationToken cancellationToken)
    {
        if (await results.FindAsync(imageId, cancellationToken) is not { } result)
        {
            return TypedResults.NotFound();
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(ResultDocument.Of(result), ResultDocument.JsonOptions);
        return TypedResults.File(bytes, "application/json; charset=utf-8", entityTag: EntityTag.Of(bytes));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> CropAsync(
        long faceId, IDbContextFactory<DashboardDbContext> contexts, DecodedPhotographs photographs, FrameAnnotator annotator, IOptions<AnnotationOptions> options, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var face = await context.Faces.SingleOrDefaultAsync(stored => stored.Id == faceId, cancellationToken);
        var source = face is null ? null : await context.Analyses.Where(analysis => analysis.Id == face.AnalysisId).Select(analysis => analysis.Image).SingleAsync(cancellationToken);
        if (source is not { HasOriginal: true })
        {
            return TypedResults.NotFound();
        }

        using var photograph = await photographs.OpenAsync(source.Sha256, cancellationToken);
        return TypedResults.File(annotator.Crop(photograph.Image, face!.Box, CropSidePixels, options.Value), "image/jpeg");
    }

    // What a review changes is asked for again each time, and sent again when it changed.
    private static ValueTask<object?> RevalidateAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return next(context);
    }

    // Other people's photographs: the viewer's own browser may keep them for a while, nothing on the way may.
    private static ValueTask<object?> KeepPrivateAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "private, max-age=300";
        return next(context);
    }
}
