using System.Globalization;
using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Exports;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace MaskDashboard.Api;

/// <summary>Downloads of what a filter shows, or of a selection.</summary>
internal static class ExportApi
{
    private static readonly string[] s_formats = ["csv", "json", "coco"];

    public static void MapExportApi(this RouteGroupBuilder v1)
    {
        var exports = v1.MapGroup("/exports").WithTags("Exports");
        exports.MapGet("/{format}", FilteredAsync).WithName("exportImages").WithSummary("Export images and faces")
            .WithDescription("What the filter shows, streamed. csv: a row for each face, and one for each image without faces; UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe in front. json: one object with images and their faces. coco: COCO object detection with the categories mask, no_mask and uncertain.")
            .WithMetadata(ImageApi.ApiParametersOf([.. ApiParameter.Filter]), new ApiPathWords("format", s_formats))
            .Produces(200, typeof(Stream), "text/csv", "application/json").ProducesProblem(404);
        // A form of the history page: too many numbers for an address.
        exports.MapPost("/{format}", SelectedAsync).DisableAntiforgery().ExcludeFromDescription().WithMetadata(ImageApi.ApiParametersOf([.. ApiParameter.Filter]));
    }

    private static Task FilteredAsync(string format, HttpContext http, ExportDownload download, CancellationToken cancellationToken) =>
        download.WriteAsync(Format(format), ApiRequest.Selection(http.Request), http, cancellationToken);

    private static async Task SelectedAsync(string format, HttpContext http, ExportDownload download, CancellationToken cancellationToken)
    {
        if (!http.Request.HasFormContentType)
        {
            throw new ApiProblem(StatusCodes.Status415UnsupportedMediaType, "Send the selection as a form.");
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        var selection = ApiRequest.Selection(http.Request) with { ExceptImageIds = Numbers(form["except"]) };
        if (form.ContainsKey("images"))
        {
            selection = selection with { ImageIds = Numbers(form["images"]) };
        }

        await download.WriteAsync(Format(format), selection, http, cancellationToken);
    }

    private static string Format(string format) => s_formats.Contains(format)
        ? format
        : throw new ApiProblem(StatusCodes.Status404NotFound, $"There is no export called '{format[..Math.Min(format.Length, 20)]}': ask for csv, json or coco.");

    private static long[] Numbers(string? list) => [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(number => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw ApiProblem.BadRequest("The selection must be image numbers with commas between them."))];
}

/// <summary>Words that stand in the path of a route.</summary>
/// <param name="Name">The route parameter.</param>
/// <param name="Values">What it takes.</param>
internal sealed record ApiPathWords(string Name, IReadOnlyList<string> Values);

/// <summary>Sends an export and keeps in the audit log that it was sent.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="documents">Counts.</param>
/// <param name="csv">Comma-separated values.</param>
/// <param name="json">JSON.</param>
/// <param name="coco">COCO.</param>
/// <param name="audit">Keeps who exported what.</param>
/// <param name="clock">The time.</param>
internal sealed class ExportDownload(
    IDbContextFactory<DashboardDbContext> contexts, ImageDocuments documents, CsvExport csv, JsonExport json, CocoExport coco, AuditLog audit, TimeProvider clock)
{
    public async Task WriteAsync(string format, ImageSelection selection, HttpContext http, CancellationToken cancellationToken)
    {
        var (images, faces) = await documents.CountAsync(selection, cancellationToken);
        string? site = null;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // What arrives during the export is not half in it.
            selection = selection with { UpToImageId = await context.Images.MaxAsync(image => (long?)image.Id, cancellationToken) ?? 0 };
            if (selection.Filter.SiteId is { } siteId)
            {
                site = await context.Sites.Where(stored => stored.Id == siteId).Select(stored => stored.Name).SingleOrDefaultAsync(cancellationToken);
            }
        }

        await audit.AppendAsync(AuditAction.Export, Details(format, selection, images, faces), Actor.Of(http), cancellationToken);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(ExportName.Of(selection, site, clock.GetUtcNow().UtcDateTime, format == "csv" ? "csv" : format == "coco" ? "coco.json" : "json"));
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.ContentType = format == "csv" ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8";
        await (format switch
        {
            "csv" => csv.WriteAsync(selection, selection.Zone, http.Response.Body, cancellationToken),
            "json" => json.WriteAsync(selection, http.Response.BodyWriter, cancellationToken),
            _ => coco.WriteAsync(selection, http.Response.BodyWriter, cancellationToken),
        });
    }

    private static string Details(string format, ImageSelection selection, int images, int faces)
    {
        var what = selection.ImageIds is not null
            ? "selected"
            : string.Join(" ", selection.Filter.ToQuery().Select(parameter => parameter.Key == "q" ? "with a search text" : $"{parameter.Key}={parameter.Value}"));
        return string.Create(CultureInfo.InvariantCulture, $"Export as {format}: {images} images with {faces} faces ({(what.Length > 0 ? what : "all")})");
    }
}
