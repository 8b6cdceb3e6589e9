using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Housekeeping;

/// <summary>Everything that is stored about one image in one ZIP file, for whoever is asked what there is of a person.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="parts">Finds the audit log's lines.</param>
/// <param name="audit">Keeps that it was exported.</param>
public sealed class ImageArchive(IDbContextFactory<DashboardDbContext> contexts, OriginalStore originals, StoredPartsReader parts, AuditLog audit)
{
    // The rows as they are: a column that is added later is in the archive, too. Names stay readable; the file is no HTML.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        WriteIndented = true,
    };

    /// <summary>
    /// Writes a ZIP file with <c>stored.json</c> (image, analyses with faces and pairs, corrections, names of the accounts behind them, lines of the
    /// audit log), the original as it is stored, and <c>thumbnail-N.jpg</c> for each analysis that has one.
    /// </summary>
    /// <param name="imageId">The image.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops; nothing stays then.</param>
    /// <returns>A file that is deleted when it is closed, at its start; null when there is no such image.</returns>
    public async Task<Stream?> WriteAsync(long imageId, Actor by, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Images.Include(image => image.Site).SingleOrDefaultAsync(image => image.Id == imageId, cancellationToken) is not { } image)
        {
            return null;
        }

        var analyses = await context.Analyses.Where(analysis => analysis.ImageId == imageId).OrderBy(analysis => analysis.Id)
            .Include(analysis => analysis.Faces).Include(analysis => analysis.Pairs).Include(analysis => analysis.Thumbnail).AsSplitQuery().ToListAsync(cancellationToken);
        long[] ids = [.. analyses.Select(analysis => analysis.Id)];
        var corrections = await context.Corrections.Where(correction => EF.Parameter(ids).Contains(correction.Face!.AnalysisId)).OrderBy(correction => correction.Id).ToListAsync(cancellationToken);
        string[] people = [.. corrections.Select(correction => correction.ById).Concat(analyses.Select(analysis => analysis.ReviewedById)).Append(image.UploadedById).OfType<string>().Distinct()];
        var names = await context.Users.Where(user => EF.Parameter(people).Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.UserName, cancellationToken);
        await audit.AppendAsync(AuditAction.Export, $"Image {imageId}: everything stored about it downloaded", by, cancellationToken);

        var thumbnails = analyses.Where(analysis => analysis.Thumbnail is not null).Select(analysis => analysis.Thumbnail!).ToList();
        analyses.ForEach(analysis => analysis.Thumbnail = null);
        var stored = new { image, analyses, corrections, accounts = names, auditEntries = await parts.AuditEntriesAsync(imageId, cancellationToken) };
        var file = OwnerOnly.CreatePassingFile(originals.NewTempPath());
        try
        {
            await using (var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken))
            {
                await AddAsync(archive, "stored.json", entry => JsonSerializer.SerializeAsync(entry, stored, s_json, cancellationToken), cancellationToken);
                var path = originals.PathOf(image.Sha256);
                if (image.HasOriginal && File.Exists(path))
                {
                    await using var original = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
                    await AddAsync(archive, $"original.{image.Format.ToString().ToLowerInvariant()}", entry => original.CopyToAsync(entry, cancellationToken), cancellationToken);
                }

                foreach (var thumbnail in thumbnails)
                {
                    await AddAsync(archive, $"thumbnail-{thumbnail.AnalysisId}.jpg", entry => entry.WriteAsync(thumbnail.Bytes, cancellationToken).AsTask(), cancellationToken);
                }
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task AddAsync(ZipArchive archive, string name, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        await using var entry = await archive.CreateEntry(name).OpenAsync(cancellationToken);
        await write(entry);
    }
}
