using System.ComponentModel.DataAnnotations;
using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Deletion;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Housekeeping;

/// <summary>What rules of retention remove.</summary>
/// <param name="Images">Images with everything about them.</param>
/// <param name="Originals">Originals of other images, whose results stay.</param>
/// <param name="Thumbnails">Thumbnails of other images, whose results stay.</param>
public readonly record struct RetentionCount(int Images, int Originals, int Thumbnails);

/// <summary>
/// Removes what was kept long enough. An image that waits for its analysis or is being analysed is left alone until that has ended.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="deletion">Deletes images whole.</param>
/// <param name="deletedContent">Removes traces.</param>
/// <param name="events">Tells pages.</param>
/// <param name="audit">Keeps what was removed and who changed the rules.</param>
/// <param name="clock">The time.</param>
public sealed class Retention(
    IDbContextFactory<DashboardDbContext> contexts,
    DatabaseWriter writer,
    OriginalStore originals,
    ImageDeletion deletion,
    DeletedContent deletedContent,
    AnalysisEvents events,
    AuditLog audit,
    TimeProvider clock)
{
    // Few enough that uploads and results need not wait long for the writer.
    private const int BatchImages = 200;

    /// <summary>The rules in force.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RetentionRules> RulesAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RetentionRules.SingleOrDefaultAsync(cancellationToken) ?? new RetentionRules();
    }

    /// <summary>What rules would remove now.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RetentionCount> CountAsync(RetentionRules rules, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var whole = Settled(context, rules.ResultDays);
        return new RetentionCount(
            await whole.CountAsync(cancellationToken),
            await WithOriginal(context, rules).CountAsync(image => !whole.Any(gone => gone.Id == image.Id), cancellationToken),
            await WithThumbnail(context, rules).CountAsync(image => !whole.Any(gone => gone.Id == image.Id), cancellationToken));
    }

    /// <summary>Puts rules in force; what they remove goes within the hour.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ValidationException">A number of days is out of its bounds.</exception>
    public Task SaveAsync(RetentionRules rules, Actor by, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        foreach (var days in (int?[])[rules.OriginalDays, rules.ThumbnailDays, rules.ResultDays])
        {
            if (days is < RetentionRules.MinDays or > RetentionRules.MaxDays)
            {
                throw new ValidationException($"Days are whole numbers from {RetentionRules.MinDays} to {RetentionRules.MaxDays}; leave the field empty to keep things until somebody deletes them.");
            }
        }

        return writer.WriteAsync(
            async (context, token) =>
            {
                if (await context.RetentionRules.SingleOrDefaultAsync(token) is { } stored)
                {
                    (stored.OriginalDays, stored.ThumbnailDays, stored.ResultDays) = (rules.OriginalDays, rules.ThumbnailDays, rules.ResultDays);
                }
                else
                {
                    context.Add(rules);
                }

                audit.Append(context, AuditAction.Administration, $"Retention in days: originals {Words(rules.OriginalDays)}, thumbnails {Words(rules.ThumbnailDays)}, results {Words(rules.ResultDays)}", by);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Removes what was kept long enough.</summary>
    /// <param name="cancellationToken">Stops between two batches; what is removed stays removed.</param>
    public async Task<RetentionCount> ApplyAsync(CancellationToken cancellationToken = default)
    {
        var rules = await RulesAsync(cancellationToken);
        if (!rules.Any)
        {
            return default;
        }

        var images = await RemoveAsync(context => Settled(context, rules.ResultDays), RemoveWholeAsync, cancellationToken);
        var files = await RemoveAsync(context => WithOriginal(context, rules), RemoveOriginalsAsync, cancellationToken);
        var thumbnails = await RemoveAsync(context => WithThumbnail(context, rules), RemoveThumbnailsAsync, cancellationToken);
        var removed = new RetentionCount(images, files, thumbnails);
        if (files + thumbnails > 0)
        {
            await audit.AppendAsync(AuditAction.Deletion, $"Retention removed {files} originals and {thumbnails} thumbnails; their results stay", Actor.Program, CancellationToken.None);
            await deletedContent.EmptyLogAsync(CancellationToken.None);
        }

        return removed;
    }

    private IQueryable<StoredImage> Settled(DashboardDbContext context, int? days)
    {
        if (days is not { } kept)
        {
            return context.Images.Where(image => false);
        }

        var limit = clock.GetUtcNow().UtcDateTime.AddDays(-kept);
        return context.Images.Where(image => image.UploadedAtUtc < limit
            && !context.Analyses.Any(analysis => analysis.ImageId == image.Id && (analysis.State == AnalysisState.Queued || analysis.State == AnalysisState.Running)));
    }

    private IQueryable<StoredImage> WithOriginal(DashboardDbContext context, RetentionRules rules) => Settled(context, rules.OriginalDays).Where(image => image.HasOriginal);

    private IQueryable<StoredImage> WithThumbnail(DashboardDbContext context, RetentionRules rules) => Settled(context, rules.ThumbnailDays)
        .Where(image => context.Analyses.Any(analysis => analysis.ImageId == image.Id && analysis.Thumbnail != null));

    // What a batch removes falls out of the query, so that the next one asks anew.
    private async Task<int> RemoveAsync(
        Func<DashboardDbContext, IQueryable<StoredImage>> due, Func<IReadOnlyCollection<StoredImage>, CancellationToken, Task> remove, CancellationToken cancellationToken)
    {
        for (var removed = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var batch = await due(context).OrderBy(image => image.Id).Take(BatchImages).ToListAsync(cancellationToken);
            if (batch.Count == 0)
            {
                return removed;
            }

            await remove(batch, cancellationToken);
            removed += batch.Count;
        }
    }

    private Task RemoveWholeAsync(IReadOnlyCollection<StoredImage> batch, CancellationToken cancellationToken) =>
        deletion.DeleteAsync(ImageSelection.Of([.. batch.Select(image => image.Id)]), Actor.Program, progress: null, cancellationToken);

    private async Task RemoveOriginalsAsync(IReadOnlyCollection<StoredImage> batch, CancellationToken cancellationToken)
    {
        long[] ids = [.. batch.Select(image => image.Id)];
        // The row goes first: a file that no row has is deleted at the next start, so a kill in between leaves nothing.
        await writer.WriteAsync(
            (context, token) => context.Images.Where(image => EF.Parameter(ids).Contains(image.Id)).ExecuteUpdateAsync(update => update.SetProperty(image => image.HasOriginal, false), token),
            cancellationToken);
        foreach (var image in batch)
        {
            originals.Delete(image.Sha256);
        }

        await TellAsync(ids, CancellationToken.None);
    }

    private async Task RemoveThumbnailsAsync(IReadOnlyCollection<StoredImage> batch, CancellationToken cancellationToken)
    {
        long[] ids = [.. batch.Select(image => image.Id)];
        await writer.WriteAsync(
            (context, token) => context.Thumbnails.Where(thumbnail => context.Analyses.Any(analysis => analysis.Id == thumbnail.AnalysisId && EF.Parameter(ids).Contains(analysis.ImageId))).ExecuteDeleteAsync(token),
            cancellationToken);
        await TellAsync(ids, CancellationToken.None);
    }

    private async Task TellAsync(long[] imageIds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var current = await context.Analyses.Where(analysis => analysis.IsCurrent && EF.Parameter(imageIds).Contains(analysis.ImageId))
            .Select(analysis => new { analysis.Id, analysis.ImageId, analysis.State }).ToListAsync(cancellationToken);
        foreach (var analysis in current)
        {
            events.Publish(new AnalysisEvent(analysis.Id, analysis.ImageId, analysis.State));
        }
    }

    private static string Words(int? days) => days is { } count ? FormattableString.Invariant($"{count}") : "kept";
}
