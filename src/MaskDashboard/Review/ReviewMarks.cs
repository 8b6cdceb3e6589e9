using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Review;

/// <summary>Images that were marked as reviewed together.</summary>
/// <param name="Count">How many.</param>
/// <param name="AtUtc">When, UTC; names them.</param>
public sealed record MarkedTogether(int Count, DateTime AtUtc);

/// <summary>Marks images as reviewed: what their faces say now is confirmed by a person. Thread-safe.</summary>
/// <param name="writer">Writes.</param>
/// <param name="queue">Tells pages.</param>
/// <param name="audit">Keeps who did what.</param>
/// <param name="options">Which images are confident.</param>
/// <param name="clock">The time.</param>
public sealed class ReviewMarks(DatabaseWriter writer, AnalysisQueue queue, AuditLog audit, IOptions<ReviewOptions> options, TimeProvider clock)
{
    /// <summary>Marks an image that a person looked at. One that somebody looked at before stays theirs.</summary>
    /// <param name="analysisId">The analysis that was looked at.</param>
    /// <param name="who">The reviewer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was marked by this.</returns>
    public Task<bool> MarkAsync(long analysisId, Actor who, CancellationToken cancellationToken = default) => ChangeAsync(
        analysisId,
        analysis => analysis.ReviewedAtUtc is null || analysis.ReviewedUnseen,
        analysis => (analysis.ReviewedAtUtc, analysis.ReviewedById, analysis.ReviewedUnseen) = (clock.GetUtcNow().UtcDateTime, who.UserId, false),
        "reviewed",
        who,
        cancellationToken);

    /// <summary>Opens an image for review again.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="who">Who does so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was marked.</returns>
    public Task<bool> UnmarkAsync(long analysisId, Actor who, CancellationToken cancellationToken = default) => ChangeAsync(
        analysisId,
        analysis => analysis.ReviewedAtUtc is not null,
        analysis => (analysis.ReviewedAtUtc, analysis.ReviewedById, analysis.ReviewedUnseen) = (null, null, false),
        "no longer reviewed",
        who,
        cancellationToken);

    /// <summary>Marks every image that passes a filter, waits for a review and has only faces far from any doubt. Nobody looked at them, and they say so.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="who">Who does so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<MarkedTogether> MarkConfidentAsync(ImageFilter filter, TimeZoneInfo zone, Actor who, CancellationToken cancellationToken = default)
    {
        who.Require(AccountRole.Reviewer);
        var now = clock.GetUtcNow().UtcDateTime;
        var marked = await writer.WriteAsync(
            async (context, token) =>
            {
                var confident = ReviewQueue.Confident(ReviewQueue.Waiting(context, filter, zone), options.Value);
                var keys = await confident.Select(analysis => new { analysis.Id, analysis.ImageId }).ToListAsync(token);
                await confident.ExecuteUpdateAsync(
                    update => update
                        .SetProperty(analysis => analysis.ReviewedAtUtc, now)
                        .SetProperty(analysis => analysis.ReviewedById, who.UserId)
                        .SetProperty(analysis => analysis.ReviewedUnseen, true),
                    token);
                audit.Append(context, AuditAction.Review, $"{keys.Count} images without doubt: reviewed, unseen", who);
                return keys;
            },
            cancellationToken);
        foreach (var analysis in marked)
        {
            queue.Announce(analysis.Id, analysis.ImageId, AnalysisState.Done);
        }

        return new MarkedTogether(marked.Count, now);
    }

    /// <summary>Takes back what <see cref="MarkConfidentAsync"/> did; images that somebody looked at since stay reviewed.</summary>
    /// <param name="together">What it returned.</param>
    /// <param name="who">Who marked them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many wait for a review again.</returns>
    public async Task<int> UnmarkTogetherAsync(MarkedTogether together, Actor who, CancellationToken cancellationToken = default)
    {
        who.Require(AccountRole.Reviewer);
        var unmarked = await writer.WriteAsync(
            async (context, token) =>
            {
                var marked = context.Analyses.Where(analysis => analysis.ReviewedAtUtc == together.AtUtc && analysis.ReviewedUnseen && analysis.ReviewedById == who.UserId);
                var keys = await marked.Select(analysis => new { analysis.Id, analysis.ImageId }).ToListAsync(token);
                await marked.ExecuteUpdateAsync(
                    update => update
                        .SetProperty(analysis => analysis.ReviewedAtUtc, (DateTime?)null)
                        .SetProperty(analysis => analysis.ReviewedById, (string?)null)
                        .SetProperty(analysis => analysis.ReviewedUnseen, false),
                    token);
                audit.Append(context, AuditAction.Review, $"{keys.Count} images without doubt: no longer reviewed", who);
                return keys;
            },
            cancellationToken);
        foreach (var analysis in unmarked)
        {
            queue.Announce(analysis.Id, analysis.ImageId, AnalysisState.Done);
        }

        return unmarked.Count;
    }

    private async Task<bool> ChangeAsync(
        long analysisId, Func<ImageAnalysis, bool> from, Action<ImageAnalysis> change, string what, Actor who, CancellationToken cancellationToken)
    {
        who.Require(AccountRole.Reviewer);
        var imageId = await writer.WriteAsync<long?>(
            async (context, token) =>
            {
                var analysis = await context.Analyses.SingleOrDefaultAsync(
                    stored => stored.Id == analysisId && stored.IsCurrent && stored.State == AnalysisState.Done, token);
                if (analysis is null || !from(analysis))
                {
                    return null;
                }

                change(analysis);
                audit.Append(context, AuditAction.Review, $"Image {analysis.ImageId}: {what}", who);
                return analysis.ImageId;
            },
            cancellationToken);
        if (imageId is { } image)
        {
            queue.Announce(analysisId, image, AnalysisState.Done);
        }

        return imageId is not null;
    }
}
