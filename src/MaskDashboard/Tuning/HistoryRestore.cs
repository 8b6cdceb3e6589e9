using MaskDashboard.Analysis;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>Brings former results back.</summary>
internal static class HistoryRestore
{
    /// <summary>Brings the former results of some images back.</summary>
    /// <returns>The analyses that are shown now, and their images.</returns>
    public static async Task<List<(long AnalysisId, long ImageId)>> ApplyAsync(
        DashboardDbContext context, HistoryJob job, List<HistoryJobItem> items, CancellationToken cancellationToken)
    {
        var restored = new List<(long, long)>();
        var ids = items.ConvertAll(item => item.AnalysisId);
        var former = await context.Analyses.Where(analysis => ids.Contains(analysis.Id))
            .Include(analysis => analysis.Image).Include(analysis => analysis.Faces).Include(analysis => analysis.Pairs)
            .AsSplitQuery().ToDictionaryAsync(analysis => analysis.Id, cancellationToken);
        var pictures = new List<long>();
        foreach (var item in items)
        {
            item.TakenBack = true;
            if (!former.TryGetValue(item.AnalysisId, out var analysis))
            {
                continue;
            }

            if (item.Previous is { } kept)
            {
                // Judged by somebody else since: theirs stays.
                if (analysis.SettingsVersionId != job.SettingsVersionId)
                {
                    continue;
                }

                if (!StoredJudgement.BringBack(analysis, kept))
                {
                    analysis.SettingsVersion = await context.SettingsVersions.SingleAsync(version => version.Id == analysis.SettingsVersionId, cancellationToken);
                    Rejudgement.Settle(analysis, await context.Corrections
                        .Where(statement => statement.Face!.AnalysisId == analysis.Id && statement.UndoneAtUtc == null).ToListAsync(cancellationToken));
                }

                pictures.Add(analysis.Id);
            }
            else if (item.NewAnalysisId is { } made)
            {
                await context.Analyses.Where(queued => queued.Id == made && queued.State == AnalysisState.Queued)
                    .ExecuteUpdateAsync(update => update.SetProperty(queued => queued.State, AnalysisState.Cancelled), cancellationToken);
                if (!await context.Analyses.AnyAsync(shown => shown.Id == made && shown.IsCurrent, cancellationToken))
                {
                    continue;
                }

                await CurrentResult.ShowAsync(context, analysis, cancellationToken);
            }

            job.TakenBack++;
            restored.Add((analysis.Id, analysis.ImageId));
        }

        await MarkPicturesAsync(context, pictures, cancellationToken);
        return restored;
    }

    /// <summary>Notes that the small pictures of analyses no longer show what is stored; they are drawn anew when somebody looks at them.</summary>
    public static Task MarkPicturesAsync(DashboardDbContext context, List<long> analysisIds, CancellationToken cancellationToken) =>
        context.Thumbnails.Where(thumbnail => analysisIds.Contains(thumbnail.AnalysisId))
            .ExecuteUpdateAsync(update => update.SetProperty(thumbnail => thumbnail.IsStale, true), cancellationToken);
}
