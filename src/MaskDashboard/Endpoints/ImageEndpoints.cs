using System.Text.Json;
using MaskDashboard.Accounts;
using MaskDashboard.Api;
using MaskDashboard.Compliance;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Endpoints;

/// <summary>Pictures and files of a result.</summary>
public static class ImageEndpoints
{
    /// <summary>Maps <c>/images/{id}/original</c>, <c>annotated</c>, <c>thumbnail</c>, <c>result.json</c> and <c>/faces/{id}/crop</c>.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapImages(this WebApplication app)
    {
        var images = app.MapGroup("/images/{imageId:long}").RequireAuthorization(Policies.Viewer);
        images.MapGet("/original", OriginalAsync).AddEndpointFilter(RevalidateAsync);
        images.MapGet("/annotated", AnnotatedAsync).AddEndpointFilter(RevalidateAsync);
        images.MapGet("/thumbnail", ThumbnailAsync).AddEndpointFilter(RevalidateAsync);
        images.MapGet("/result.json", ResultAsync).AddEndpointFilter(RevalidateAsync);
        app.MapGet("/faces/{faceId:long}/crop", CropAsync).RequireAuthorization(Policies.Viewer).AddEndpointFilter(RevalidateAsync);
        return app;
    }

    private static async Task<IResult> OriginalAsync(long imageId, HttpContext http, ResultQueries results, ServedPhotographs served, CancellationToken cancellationToken) =>
        await results.FindAsync(imageId, cancellationToken) is { Image.HasOriginal: true } result
            ? await served.OriginalAsync(http, result, cancellationToken)
            : TypedResults.NotFound();

    private static async Task<IResult> AnnotatedAsync(long imageId, HttpContext http, ResultQueries results, ServedPhotographs served, CancellationToken cancellationToken) =>
        await results.FindAsync(imageId, cancellationToken) is { Image.HasOriginal: true, Analysis.State: AnalysisState.Done } result
            ? await served.AnnotatedAsync(http, result, cancellationToken)
            : TypedResults.NotFound();

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

    private static async Task<IResult> CropAsync(
        long faceId, HttpContext http, IDbContextFactory<DashboardDbContext> contexts, ServedPhotographs served, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var face = await context.Faces.SingleOrDefaultAsync(stored => stored.Id == faceId, cancellationToken);
        var source = face is null ? null : await context.Analyses.Where(analysis => analysis.Id == face.AnalysisId).Select(analysis => analysis.Image).SingleAsync(cancellationToken);
        return source is { HasOriginal: true } ? await served.CropAsync(http, source, face!, cancellationToken) : TypedResults.NotFound();
    }

    // What a review changes, or a blur, is asked for again each time, and sent again when it changed.
    private static ValueTask<object?> RevalidateAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return next(context);
    }
}
