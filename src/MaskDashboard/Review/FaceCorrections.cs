using MaskDashboard.Accounts;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Review;

/// <summary>
/// Keeps what reviewers say of faces, beside what the program said. Each step is one short transaction that also brings labels, distances and
/// figures up to date from what the database holds at that moment, so that several reviewers may work on one image. Thread-safe.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="queue">Tells pages.</param>
/// <param name="thumbnails">Draws pictures anew.</param>
/// <param name="audit">Keeps who did what.</param>
/// <param name="clock">The time.</param>
public sealed class FaceCorrections(
    IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, AnalysisQueue queue, ThumbnailRedraw thumbnails, AuditLog audit, TimeProvider clock)
{
    /// <summary>Says something of faces of one analysis, as one step. What this reviewer said last of a face is not said again.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="statements">One for each face; those of faces that are gone are left out.</param>
    /// <param name="who">The reviewer.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept then.</param>
    /// <returns>Whether the analysis is still the one that is shown; if not, nothing is kept.</returns>
    public Task<bool> CorrectAsync(
        long analysisId, IReadOnlyCollection<FaceStatement> statements, Actor who, CancellationToken cancellationToken = default) => ChangeAsync(
        analysisId,
        who,
        (_, review) =>
        {
            foreach (var statement in statements)
            {
                if (review.IsNews(statement))
                {
                    review.Say(statement.FaceId, statement.Label);
                }
            }

            return Task.FromResult<bool?>(true);
        },
        found => found ?? false,
        cancellationToken);

    /// <summary>Undoes this reviewer's last standing step in an analysis.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="who">The reviewer.</param>
    /// <param name="cancellationToken">Gives up; nothing is undone then.</param>
    /// <returns>What was said in that step, so that it can be said again; empty when there is nothing to undo.</returns>
    public Task<IReadOnlyList<FaceStatement>> UndoAsync(long analysisId, Actor who, CancellationToken cancellationToken = default) => ChangeAsync(
        analysisId,
        who,
        (_, review) => Task.FromResult<IReadOnlyList<FaceStatement>?>(review.UndoLastStep()),
        undone => undone ?? [],
        cancellationToken);

    /// <summary>Adds a face that the program missed. Its label is the classifier's until somebody says otherwise.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="face">As a worker measured it.</param>
    /// <param name="who">The reviewer who drew it.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept then.</param>
    /// <returns>The face; null when the analysis is no longer the one that is shown.</returns>
    internal Task<long?> AddAsync(long analysisId, FaceCandidate face, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        analysisId,
        who,
        async (context, review) =>
        {
            var added = review.Draw(face);
            // The statement needs the face's key.
            await context.SaveChangesAsync(cancellationToken);
            review.Say(added.Id, null);
            return (long?)added.Id;
        },
        added => added,
        cancellationToken);

    /// <summary>The statements about an analysis' faces that stand, oldest first.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<StatementRecord>> StandingAsync(long analysisId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Corrections
            .Where(statement => statement.Face!.AnalysisId == analysisId && statement.UndoneAtUtc == null)
            .OrderBy(statement => statement.Id)
            .Select(statement => new StatementRecord(
                statement.FaceId, statement.Label, context.Users.Where(user => user.Id == statement.ById).Select(user => user.UserName).FirstOrDefault(), statement.AtUtc))
            .ToListAsync(cancellationToken);
    }

    private async Task<TResult> ChangeAsync<TChange, TResult>(
        long analysisId,
        Actor who,
        Func<DashboardDbContext, ReviewedAnalysis, Task<TChange?>> change,
        Func<TChange?, TResult> result,
        CancellationToken cancellationToken)
    {
        who.Require(AccountRole.Reviewer);
        long? imageId = null;
        var redraw = false;
        var changed = await writer.WriteAsync(
            async (context, token) =>
            {
                if (await ReviewedAnalysis.LoadAsync(context, analysisId, who, clock, token) is not { } review)
                {
                    return default;
                }

                var made = await change(context, review);
                if (review.HasNews)
                {
                    // Statements get their order, which is that of their keys.
                    await context.SaveChangesAsync(token);
                    redraw = review.Settle();
                    imageId = review.Analysis.ImageId;
                    audit.Append(context, AuditAction.Correction, review.News, who);
                }

                return made;
            },
            cancellationToken);
        if (imageId is { } image)
        {
            queue.Announce(analysisId, image, AnalysisState.Done);
        }

        if (redraw)
        {
            thumbnails.Request(analysisId);
        }

        return result(changed);
    }
}
