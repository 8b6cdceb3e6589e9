using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Deletion;

/// <summary>
/// Deletes images so that nothing is left of them: rows, thumbnails, originals, what the database's pages and its log still hold, and their
/// traces in the copies that the program took. Rows go first: a file without a row is deleted at the next start, so a kill in between leaves nothing either.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="deletedContent">Removes traces.</param>
/// <param name="events">Tells pages, and who else keeps something about images.</param>
/// <param name="audit">Keeps who deleted how much.</param>
/// <param name="logger">Log.</param>
public sealed partial class ImageDeletion(
    IDbContextFactory<DashboardDbContext> contexts,
    DatabaseWriter writer,
    OriginalStore originals,
    DeletedContent deletedContent,
    AnalysisEvents events,
    AuditLog audit,
    ILogger<ImageDeletion> logger)
{
    // Few enough that uploads and results need not wait long for the writer, and that an audit entry can name them all.
    private const int BatchImages = 100;

    /// <summary>How much a choice holds, to be said before it is deleted. Also fixes the choice: what arrives later does not belong to it.</summary>
    /// <param name="selection">The choice.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<(ImageSelection Selection, DeletionCount Count)> CountAsync(ImageSelection selection, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var fixedSelection = selection.UpToImageId is not null
            ? selection
            : selection with { UpToImageId = await context.Images.MaxAsync(image => (long?)image.Id, cancellationToken) ?? 0 };
        return (fixedSelection, await CountAsync(context, context.Selected(fixedSelection), cancellationToken));
    }

    /// <summary>Deletes the images of a choice. What is deleted when it is stopped stays deleted.</summary>
    /// <param name="selection">The choice.</param>
    /// <param name="by">Who.</param>
    /// <param name="progress">Told what is deleted so far.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>What was deleted.</returns>
    public async Task<DeletionCount> DeleteAsync(ImageSelection selection, Actor by, IProgress<DeletionCount>? progress = null, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        List<long> imageIds;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            imageIds = await context.Selected(selection).Select(analysis => analysis.ImageId).ToListAsync(cancellationToken);
        }

        var deleted = default(DeletionCount);
        try
        {
            foreach (var chunk in imageIds.Chunk(BatchImages))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var batch = await DeleteRowsAsync(chunk, by);
                await DeleteFilesAsync(batch.Hashes);
                foreach (var (analysisId, imageId) in batch.Analyses)
                {
                    events.Publish(new AnalysisEvent(analysisId, imageId, null));
                }

                deleted += batch.Count;
                progress?.Report(deleted);
            }
        }
        finally
        {
            if (deleted.Images > 0)
            {
                await deletedContent.EmptyLogAsync(CancellationToken.None);
            }
        }

        return deleted;
    }

    /// <summary>Deletes the rows of images, and everything that hangs on them.</summary>
    /// <param name="imageIds">The images; those already gone are passed over.</param>
    /// <param name="by">Who.</param>
    internal Task<DeletedRows> DeleteRowsAsync(IReadOnlyCollection<long> imageIds, Actor by) => writer.WriteAsync(
        async (context, token) =>
        {
            var images = await context.Images.Where(image => EF.Parameter(imageIds).Contains(image.Id)).Select(image => new { image.Id, image.Sha256 }).ToListAsync(token);
            long[] present = [.. images.Select(image => image.Id)];
            var analyses = await context.Analyses.Where(analysis => EF.Parameter(present).Contains(analysis.ImageId))
                .Select(analysis => ValueTuple.Create(analysis.Id, analysis.ImageId)).ToListAsync(token);
            var count = await CountAsync(context, context.Selected(ImageSelection.Of(present)), token);
            // Foreign keys take analyses, faces, corrections, pairs and thumbnails along.
            await context.Images.Where(image => EF.Parameter(present).Contains(image.Id)).ExecuteDeleteAsync(token);
            if (present.Length > 0)
            {
                audit.Append(context, AuditAction.Deletion, DeletionText.Of(present, count), by);
            }

            return new DeletedRows(count, [.. images.Select(image => image.Sha256)], analyses);
        },
        CancellationToken.None);

    private async Task DeleteFilesAsync(IReadOnlyCollection<string> hashes)
    {
        deletedContent.DeleteFromLayoutBackups(hashes);
        // The same photograph may have been uploaded again meanwhile. Uploads move their file into place inside the writer, so nothing changes in between.
        await writer.WriteAsync(
            async (context, token) =>
            {
                var again = await context.Images.Where(image => EF.Parameter(hashes).Contains(image.Sha256)).Select(image => image.Sha256).ToListAsync(token);
                foreach (var hash in hashes.Except(again))
                {
                    try
                    {
                        originals.Delete(hash);
                    }
                    catch (IOException exception)
                    {
                        LogFileInUse(logger, exception);
                    }
                }

                return true;
            },
            CancellationToken.None);
    }

    private static async Task<DeletionCount> CountAsync(DashboardDbContext context, IQueryable<ImageAnalysis> current, CancellationToken cancellationToken)
    {
        var imageIds = current.Select(analysis => analysis.ImageId);
        return new DeletionCount(
            await current.CountAsync(cancellationToken),
            await current.SumAsync(analysis => analysis.FaceCount, cancellationToken),
            await context.Corrections.CountAsync(
                correction => correction.UndoneAtUtc == null && context.Faces.Any(face => face.Id == correction.FaceId
                    && context.Analyses.Any(analysis => analysis.Id == face.AnalysisId && imageIds.Contains(analysis.ImageId))),
                cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The original of a deleted image is in use and will be deleted at the next start")]
    private static partial void LogFileInUse(ILogger logger, Exception exception);

    /// <summary>What was deleted from the database.</summary>
    /// <param name="Count">How much.</param>
    /// <param name="Hashes">Names of the files that belong to it.</param>
    /// <param name="Analyses">The analyses, with their images.</param>
    internal sealed record DeletedRows(DeletionCount Count, IReadOnlyCollection<string> Hashes, IReadOnlyList<(long AnalysisId, long ImageId)> Analyses);
}
