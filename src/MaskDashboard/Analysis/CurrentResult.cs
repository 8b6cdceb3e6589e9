using MaskDashboard.Accounts;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Analysis;

/// <summary>Chooses which of an image's results lists, figures and exports show. The others are kept with what reviewers said of them.</summary>
/// <param name="writer">Writes.</param>
/// <param name="events">Tells pages.</param>
/// <param name="audit">Keeps who chose.</param>
public sealed class CurrentResult(DatabaseWriter writer, AnalysisEvents events, AuditLog audit)
{
    /// <summary>Makes a finished analysis the current one of its image, in place of the one that was.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is current now; false when it is not finished or was deleted.</returns>
    public async Task<bool> ChooseAsync(long analysisId, Actor by, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Reviewer);
        var imageId = await writer.WriteAsync<long?>(
            async (context, token) =>
            {
                var chosen = await context.Analyses.SingleOrDefaultAsync(analysis => analysis.Id == analysisId && analysis.State == AnalysisState.Done, token);
                if (chosen is null or { IsCurrent: true })
                {
                    return chosen?.ImageId;
                }

                var before = await ShowAsync(context, chosen, token);
                audit.Append(context, AuditAction.Review, $"Image {chosen.ImageId}: analysis {chosen.Id} ({chosen.Detector}) made the current result in place of {before.Id} ({before.Detector})", by);
                return chosen.ImageId;
            },
            cancellationToken);
        if (imageId is { } changed)
        {
            events.Publish(new AnalysisEvent(analysisId, changed, AnalysisState.Done));
        }

        return imageId is not null;
    }

    /// <summary>Makes an analysis the one that lists and figures show for its image.</summary>
    /// <param name="context">A transaction; it tracks what it reads.</param>
    /// <param name="chosen">The analysis, tracked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The one that was shown before: <paramref name="chosen"/> itself when it was.</returns>
    internal static async Task<ImageAnalysis> ShowAsync(DashboardDbContext context, ImageAnalysis chosen, CancellationToken cancellationToken)
    {
        var before = await context.Analyses.SingleAsync(analysis => analysis.ImageId == chosen.ImageId && analysis.IsCurrent, cancellationToken);
        if (before != chosen)
        {
            // Time and place may have been set since the other one was queued.
            (chosen.SiteId, chosen.CapturedAtUtc) = (before.SiteId, before.CapturedAtUtc);
            (before.IsCurrent, chosen.IsCurrent) = (false, true);
            await context.SaveChangesAsync(cancellationToken);
        }

        return before;
    }
}
