using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Deletion;
using MaskDashboard.Exports;
using MaskDashboard.Housekeeping;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaskDashboard.Api;

/// <summary>A stretch of a list.</summary>
/// <param name="Items">Newest capture first.</param>
/// <param name="NextCursor">Goes into <c>cursor</c> for what follows; null at the end.</param>
internal sealed record ImagePage(IReadOnlyList<ImageDocument> Items, string? NextCursor);

/// <summary>What became of a submitted image.</summary>
/// <param name="ImageId">Number of the image.</param>
/// <param name="AnalysisId">Number of its analysis.</param>
/// <param name="Duplicate">Whether the same bytes were here already; nothing was stored then.</param>
/// <param name="Href">Where its result is, or will be.</param>
internal sealed record SubmittedImage(long ImageId, long AnalysisId, bool Duplicate, string Href);

/// <summary>What a deletion took away, or would.</summary>
/// <param name="Images">Images.</param>
/// <param name="Faces">Counted faces on them.</param>
/// <param name="Corrections">Standing corrections of their faces.</param>
/// <param name="DryRun">Whether nothing was deleted.</param>
internal sealed record DeletedImages(int Images, int Faces, int Corrections, bool DryRun);

/// <summary>Submit, poll, list, delete.</summary>
internal static class ImageApi
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;

    private static readonly ApiForm s_form = new([
        new("siteName", "Camera or place, 80 characters at most; made when it is new.", Format: null),
        new("capturedAt", "When it was taken, ISO 8601 with offset. Default: the photograph's own time, else now.", Format: "date-time"),
        new("detector", "The engine. Default: the settings'.", Values: ["yunet", "haar"]),
        new("file", "The image. It has to be the last field: what comes after it is not read.", Format: "binary"),
    ]);

    public static void MapImageApi(this RouteGroupBuilder v1)
    {
        var images = v1.MapGroup("/images").WithTags("Images");
        images.MapPost("", SubmitAsync).RequireAuthorization(Policies.Reviewer).DisableAntiforgery().WithName("submitImage").WithSummary("Submit an image")
            .WithDescription("One JPEG, PNG or WebP image as multipart/form-data. It is stored before the answer and analysed soon after: poll the address in Location. The same bytes again are not stored twice. The rules and limits are those of the upload page.")
            .WithMetadata(ApiParametersOf(), s_form)
            .Produces<SubmittedImage>(StatusCodes.Status202Accepted).Produces<SubmittedImage>(StatusCodes.Status200OK)
            .ProducesProblem(403).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422).ProducesProblem(507);
        images.MapGet("", ListAsync).WithName("listImages").WithSummary("List images")
            .WithDescription("Images that pass the filter, newest capture first, without their faces. Follow nextCursor until it is null: images that arrive or go meanwhile neither repeat others nor hide them.")
            .WithMetadata(ApiParametersOf([
                .. ApiParameter.Filter,
                new("limit", $"Images in the answer, 1 to {MaxLimit}. Default {DefaultLimit}.", "integer", "int32"),
                new("cursor", "nextCursor of an earlier answer."),
            ]))
            .Produces<ImagePage>();
        images.MapDelete("", DeleteFilteredAsync).RequireAuthorization(Policies.Administrator).WithName("deleteImages").WithSummary("Delete all images of a filter")
            .WithDescription("Deletes the images that pass the filter, with everything about them; this cannot be undone. A filter is required; all=yes stands for no filter. With dryRun=yes it only says how much it would delete.")
            .WithMetadata(ApiParametersOf([
                .. ApiParameter.Filter,
                new("all", "Deletes every image; only without a filter.", Values: ["yes"]),
                new("dryRun", "Only counts.", Values: ["yes", "no"]),
            ]))
            .Produces<DeletedImages>().ProducesProblem(403);
        images.MapGet("/{imageId:long}", FindAsync).WithName("getImage").WithSummary("Get an image's state and result")
            .WithDescription("Poll it after a submission until state is done, failed or cancelled; while it waits or runs, Retry-After says when to ask again.")
            .WithMetadata(ApiParametersOf()).Produces<ImageDocument>().Produces(304).ProducesProblem(404);
        images.MapPost("/{imageId:long}/retry", RetryAsync).RequireAuthorization(Policies.Reviewer).WithName("retryImage").WithSummary("Analyse a failed image again")
            .WithDescription("Queues the analysis of an image that failed or was cancelled.")
            .WithMetadata(ApiParametersOf()).Produces(202).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        images.MapDelete("/{imageId:long}", DeleteAsync).RequireAuthorization(Policies.Administrator).WithName("deleteImage").WithSummary("Delete an image")
            .WithDescription("Deletes the image with its original, thumbnail, faces and corrections; this cannot be undone.")
            .WithMetadata(ApiParametersOf()).Produces<DeletedImages>().ProducesProblem(403).ProducesProblem(404);
        images.MapGet("/{imageId:long}/archive", ArchiveAsync).RequireAuthorization(Policies.Administrator).WithName("getImageArchive").WithSummary("Get everything that is stored about an image")
            .WithDescription("A ZIP file: stored.json with image, analyses, faces, pairs, corrections and lines of the audit log, the original as it is stored, and the thumbnails.")
            .WithMetadata(ApiParametersOf()).Produces(200, typeof(Stream), "application/zip").ProducesProblem(403).ProducesProblem(404);
        v1.MapGet("/sites", SitesAsync).WithTags("Sites").WithName("listSites").WithSummary("List sites")
            .WithDescription("The cameras and places that images come from, by name.")
            .WithMetadata(ApiParametersOf()).Produces<IReadOnlyList<SiteDocument>>();
    }

    /// <summary>Describes a route's query parameters.</summary>
    internal static ApiParameters ApiParametersOf(params ApiParameter[] parameters) => new(parameters);

    private static async Task<IResult> SubmitAsync(HttpContext http, ImageIntake intake, VisionRuntime runtime, CancellationToken cancellationToken)
    {
        ApiRequest.Known(http.Request);
        return (await UploadEndpoint.ReceiveAsync(http, intake, runtime, cancellationToken)).Result switch
        {
            Accepted<IntakeResult> { Value: { } stored } => TypedResults.Accepted(AddressOf(stored.ImageId), Submitted(stored)),
            Ok<IntakeResult> { Value: { } known } => WithLocation(http, Submitted(known)),
            var problem => problem,
        };
    }

    private static Ok<SubmittedImage> WithLocation(HttpContext http, SubmittedImage image)
    {
        http.Response.Headers.ContentLocation = image.Href;
        return TypedResults.Ok(image);
    }

    private static SubmittedImage Submitted(IntakeResult result) => new(result.ImageId, result.AnalysisId, result.Duplicate, AddressOf(result.ImageId));

    private static string AddressOf(long imageId) => $"/api/v1/images/{imageId}";

    private static async Task<IResult> ListAsync(HttpRequest request, ImageDocuments documents, CancellationToken cancellationToken)
    {
        var selection = ApiRequest.Selection(request);
        var limit = ApiRequest.Number(request, "limit", 1, MaxLimit, DefaultLimit);
        // One more than asked for tells whether there is more.
        var found = await documents.PageAsync(selection, ApiRequest.Cursor(request), limit + 1, cancellationToken);
        var items = found.Take(limit).ToList();
        var next = found.Count > limit ? ApiRequest.CursorOf(new ListPosition(items[^1].CapturedAtUtc, items[^1].AnalysisId)) : null;
        return TypedResults.Ok(new ImagePage(items, next));
    }

    private static async Task<IResult> FindAsync(long imageId, HttpContext http, ImageDocuments documents, CancellationToken cancellationToken)
    {
        ApiRequest.Known(http.Request);
        var document = await documents.FindAsync(imageId, cancellationToken) ?? throw ApiProblem.NotFound(imageId);
        if (document.State is AnalysisState.Queued or AnalysisState.Running)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return new TaggedJson<ImageDocument>(document);
    }

    private static async Task<IResult> RetryAsync(long imageId, HttpContext http, ImageDocuments documents, AnalysisQueue queue, CancellationToken cancellationToken)
    {
        ApiRequest.Known(http.Request);
        var document = await documents.FindAsync(imageId, cancellationToken) ?? throw ApiProblem.NotFound(imageId);
        return await queue.RetryAsync(document.AnalysisId, cancellationToken)
            ? TypedResults.Accepted(AddressOf(imageId))
            : throw ApiProblem.Conflict($"Image {imageId} is {document.State.ToString().ToLowerInvariant()}: only a failed or cancelled analysis can be queued again.");
    }

    private static async Task<IResult> DeleteAsync(long imageId, HttpContext http, ImageDeletion deletion, CancellationToken cancellationToken)
    {
        ApiRequest.Known(http.Request);
        var deleted = await deletion.DeleteAsync(ImageSelection.Of(imageId), Actor.Of(http), cancellationToken: cancellationToken);
        return deleted.Images == 0 ? throw ApiProblem.NotFound(imageId) : TypedResults.Ok(Deleted(deleted, dryRun: false));
    }

    private static async Task<IResult> DeleteFilteredAsync(HttpContext http, ImageDeletion deletion, CancellationToken cancellationToken)
    {
        var selection = ApiRequest.Selection(http.Request);
        var all = ApiRequest.Word(http.Request, "all", ["yes"], "") == "yes";
        if (all != selection.Filter.IsEmpty)
        {
            throw ApiProblem.BadRequest(all ? "The parameter all=yes stands for no filter: leave one of them away." : "Without a filter this would delete every image: add a filter, or all=yes if you mean it.");
        }

        var dryRun = ApiRequest.Word(http.Request, "dryRun", ["yes", "no"], "no") == "yes";
        var deleted = dryRun
            ? (await deletion.CountAsync(selection, cancellationToken)).Count
            : await deletion.DeleteAsync(selection, Actor.Of(http), cancellationToken: cancellationToken);
        return TypedResults.Ok(Deleted(deleted, dryRun));
    }

    private static async Task<IResult> ArchiveAsync(long imageId, HttpContext http, ImageArchive archive, CancellationToken cancellationToken)
    {
        ApiRequest.Known(http.Request);
        var file = await archive.WriteAsync(imageId, Actor.Of(http), cancellationToken) ?? throw ApiProblem.NotFound(imageId);
        return TypedResults.Stream(file, "application/zip", $"mask-dashboard-image-{imageId}.zip");
    }

    private static DeletedImages Deleted(DeletionCount count, bool dryRun) => new(count.Images, count.Faces, count.Corrections, dryRun);

    private static async Task<IResult> SitesAsync(HttpRequest request, HistoryQueries queries, CancellationToken cancellationToken)
    {
        ApiRequest.Known(request);
        return new TaggedJson<IReadOnlyList<SiteDocument>>([.. (await queries.SitesAsync(cancellationToken)).Select(site => new SiteDocument(site.Id, site.Name, site.FieldOfViewDegrees, site.CreatedAtUtc))]);
    }
}

/// <summary>A camera or place.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="FieldOfViewDegrees">Horizontal field of view of its camera, degrees; null for the default.</param>
/// <param name="CreatedAtUtc">When it was first named, UTC.</param>
internal sealed record SiteDocument(long Id, string Name, double? FieldOfViewDegrees, DateTime CreatedAtUtc);
