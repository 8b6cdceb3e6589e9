using MaskDashboard.Compliance;
using MaskDashboard.Endpoints;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Api;

/// <summary>The pictures of an image.</summary>
internal static class PictureApi
{
    public static void MapPictureApi(this RouteGroupBuilder v1)
    {
        var image = v1.MapGroup("/images/{imageId:long}").WithTags("Images").WithMetadata(new ApiParameters([]));
        Describe(image.MapGet("/thumbnail", ThumbnailAsync), "getThumbnail", "Get the small annotated picture", "At most 320 pixels on its longer side.");
        Describe(image.MapGet("/annotated", AnnotatedAsync), "getAnnotatedImage", "Get the annotated image", "Full size, with boxes, labels and distance lines.");
        Describe(image.MapGet("/original", OriginalAsync), "getOriginalImage", "Get the image", "Upright and encoded anew as JPEG, without the metadata of the uploaded file.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary, string description) => route
        .WithName(name).WithSummary(summary).WithDescription(description)
        .Produces(200, typeof(Stream), "image/jpeg").Produces(304).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> ThumbnailAsync(long imageId, HttpContext http, IDbContextFactory<DashboardDbContext> contexts, CancellationToken cancellationToken)
    {
        ApiRequest.Known(http.Request);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var current = await context.Analyses.Where(analysis => analysis.ImageId == imageId && analysis.IsCurrent)
            .Select(analysis => new { analysis.State, analysis.Thumbnail }).SingleOrDefaultAsync(cancellationToken) ?? throw ApiProblem.NotFound(imageId);
        var thumbnail = current.Thumbnail ?? throw NotAnalysed(imageId, current.State);
        return EntityTag.Matches(http, EntityTag.Of(thumbnail.Bytes)) ? TypedResults.StatusCode(304) : TypedResults.Bytes(thumbnail.Bytes, thumbnail.ContentType);
    }

    private static async Task<IResult> AnnotatedAsync(long imageId, HttpContext http, ResultQueries results, ServedPhotographs served, CancellationToken cancellationToken)
    {
        var result = await FindAsync(imageId, http, results, cancellationToken);
        return result.Analysis.State == AnalysisState.Done ? await served.AnnotatedAsync(http, result, cancellationToken) : throw NotAnalysed(imageId, result.Analysis.State);
    }

    private static async Task<IResult> OriginalAsync(long imageId, HttpContext http, ResultQueries results, ServedPhotographs served, CancellationToken cancellationToken) =>
        await served.OriginalAsync(http, await FindAsync(imageId, http, results, cancellationToken), cancellationToken);

    private static async Task<ImageResult> FindAsync(long imageId, HttpContext http, ResultQueries results, CancellationToken cancellationToken)
    {
        ApiRequest.Known(http.Request);
        var result = await results.FindAsync(imageId, cancellationToken) ?? throw ApiProblem.NotFound(imageId);
        return result.Image.HasOriginal ? result : throw new ApiProblem(StatusCodes.Status404NotFound, $"The original of image {imageId} was removed; its result is kept.");
    }

    private static ApiProblem NotAnalysed(long imageId, AnalysisState state) =>
        ApiProblem.Conflict($"Image {imageId} is {state.ToString().ToLowerInvariant()} and has no picture yet: ask again when its state is done.");
}
