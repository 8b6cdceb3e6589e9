using MaskDashboard.Analysis;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>The steps of a job that applies settings to the history, each one short transaction.</summary>
/// <param name="writer">Writes.</param>
/// <param name="settings">Settings versions.</param>
/// <param name="runtime">Names the models.</param>
/// <param name="queue">Has images looked at, and tells pages.</param>
/// <param name="clock">The time.</param>
public sealed class HistoryJobSteps(DatabaseWriter writer, SettingsStore settings, VisionRuntime runtime, AnalysisQueue queue, TimeProvider clock)
{
    /// <summary>Images judged in one transaction: long enough to be quick, short enough that an upload does not notice.</summary>
    public const int ImagesAtOnce = 50;

    /// <summary>Images of a job in the queue at the same time.</summary>
    public const int InQueueAtOnce = 4;

    /// <summary>Judges the next images from what is stored.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Gives up; nothing of the step stays then.</param>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> JudgeAsync(long jobId, CancellationToken cancellationToken)
    {
        var judged = await writer.WriteAsync(
            async (context, token) =>
            {
                if (await FindAsync(context, jobId, HistoryJobState.Running, token) is not { } job)
                {
                    return null;
                }

                var target = job.SettingsVersionId;
                var analyses = await context.Analyses
                    .Where(analysis => analysis.IsCurrent && analysis.State == AnalysisState.Done && analysis.SettingsVersionId != target && analysis.Id > job.LastAnalysisId)
                    .OrderBy(analysis => analysis.Id)
                    .Take(ImagesAtOnce)
                    .Include(analysis => analysis.Image)
                    .Include(analysis => analysis.Faces)
                    .Include(analysis => analysis.Pairs)
                    .AsSplitQuery()
                    .ToListAsync(token);
                if (analyses.Count > 0)
                {
                    await JudgeAsync(context, job, analyses, token);
                    job.LastAnalysisId = analyses[^1].Id;
                }

                return analyses.ConvertAll(analysis => (analysis.Id, analysis.ImageId));
            },
            cancellationToken);
        Announce(judged);
        return judged is { Count: > 0 };
    }

    /// <summary>Puts new results in the place of old ones, queues the next images, and ends the job when there is nothing left.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Gives up; nothing of the step stays then.</param>
    /// <returns>Whether anything was done; false while the models work.</returns>
    public async Task<bool> LookAgainAsync(long jobId, CancellationToken cancellationToken)
    {
        var (shown, queued, ended) = await writer.WriteAsync(
            async (context, token) =>
            {
                var shown = new List<(long, long)>();
                var queued = new List<(long, long)>();
                if (await FindAsync(context, jobId, HistoryJobState.Running, token) is not { } job)
                {
                    return (shown, queued, false);
                }

                var open = await context.HistoryJobItems.Where(item => item.JobId == jobId && !item.Done)
                    .OrderByDescending(item => item.NewAnalysisId != null).ThenBy(item => item.Id).Take(InQueueAtOnce).ToListAsync(token);
                foreach (var item in open)
                {
                    if (item.NewAnalysisId is null)
                    {
                        queued.Add(await QueueAsync(context, job, item, token));
                    }
                    else if (await ShowNewAsync(context, job, item, token) is { } image)
                    {
                        shown.Add(image);
                    }
                }

                if (open.Count == 0)
                {
                    (job.State, job.EndedAtUtc) = (HistoryJobState.Done, clock.GetUtcNow().UtcDateTime);
                }

                return (shown, queued, open.Count == 0);
            },
            cancellationToken);
        Announce(shown);
        foreach (var (analysisId, imageId) in queued)
        {
            // Wakes a worker; one that finds nothing to do sleeps on.
            queue.Announce(analysisId, imageId, AnalysisState.Queued);
        }

        return shown.Count > 0 || queued.Count > 0 || ended;
    }

    /// <summary>Brings the former results of the next images back.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Gives up; nothing of the step stays then.</param>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> TakeBackAsync(long jobId, CancellationToken cancellationToken)
    {
        var restored = await writer.WriteAsync(
            async (context, token) =>
            {
                if (await FindAsync(context, jobId, HistoryJobState.RollingBack, token) is not { } job)
                {
                    return null;
                }

                var items = await context.HistoryJobItems.Where(item => item.JobId == jobId && !item.TakenBack)
                    .OrderByDescending(item => item.Id).Take(ImagesAtOnce).ToListAsync(token);
                if (items.Count == 0)
                {
                    (job.State, job.EndedAtUtc) = (HistoryJobState.RolledBack, clock.GetUtcNow().UtcDateTime);
                }

                return await HistoryRestore.ApplyAsync(context, job, items, token);
            },
            cancellationToken);
        Announce(restored);
        return restored is not null;
    }

    private async Task JudgeAsync(DashboardDbContext context, HistoryJob job, List<ImageAnalysis> analyses, CancellationToken cancellationToken)
    {
        var target = await settings.GetVersionAsync(job.SettingsVersionId, cancellationToken);
        var targetRow = await context.SettingsVersions.SingleAsync(version => version.Id == job.SettingsVersionId, cancellationToken);
        var (ids, imageIds) = (analyses.ConvertAll(analysis => analysis.Id), analyses.ConvertAll(analysis => analysis.ImageId));
        var statements = (await context.Corrections.Include(statement => statement.Face)
                .Where(statement => statement.UndoneAtUtc == null && ids.Contains(statement.Face!.AnalysisId)).ToListAsync(cancellationToken))
            .ToLookup(statement => statement.Face!.AnalysisId);
        // A result of the same engine and models under the version: made for comparison, or by a job that was rolled back.
        var there = (await context.Analyses.Where(analysis => imageIds.Contains(analysis.ImageId) && analysis.SettingsVersionId == job.SettingsVersionId).ToListAsync(cancellationToken))
            .ToDictionary(analysis => (analysis.ImageId, analysis.Detector, analysis.ModelVersion), analysis => analysis.Id);
        var changed = new List<long>();
        foreach (var analysis in analyses)
        {
            var madeUnder = await settings.GetAsync(analysis.SettingsVersionId, cancellationToken);
            var engine = InferenceKey.EngineUnder(analysis.Detector, madeUnder, target.Settings);
            var item = new HistoryJobItem { JobId = job.Id, AnalysisId = analysis.Id };
            if (InferenceKey.Of(madeUnder, analysis.Detector) != InferenceKey.Of(target.Settings, engine))
            {
                job.LookAgain++;
                if (!there.ContainsKey((analysis.ImageId, engine, runtime.ModelVersion(engine))) && !analysis.Image!.CanBeMeasured)
                {
                    job.LeftAlone++;
                    continue;
                }
            }
            else if (there.TryGetValue((analysis.ImageId, analysis.Detector, analysis.ModelVersion), out var same))
            {
                job.LookAgain++;
                item.NewAnalysisId = same;
            }
            else
            {
                (item.Previous, item.Done) = (StoredJudgement.Keep(analysis), true);
                job.Judged++;
                if (Rejudgement.Apply(analysis, [.. statements[analysis.Id]], target, targetRow))
                {
                    job.Changed++;
                    changed.Add(analysis.Id);
                }
            }

            context.Add(item);
        }

        await HistoryRestore.MarkPicturesAsync(context, changed, cancellationToken);
    }

    private async Task<(long AnalysisId, long ImageId)> QueueAsync(DashboardDbContext context, HistoryJob job, HistoryJobItem item, CancellationToken cancellationToken)
    {
        var former = await context.Analyses.SingleAsync(analysis => analysis.Id == item.AnalysisId, cancellationToken);
        var madeUnder = await settings.GetAsync(former.SettingsVersionId, cancellationToken);
        var target = await settings.GetAsync(job.SettingsVersionId, cancellationToken);
        var engine = InferenceKey.EngineUnder(former.Detector, madeUnder, target);
        var models = runtime.ModelVersion(engine);
        if (await context.Analyses.SingleOrDefaultAsync(
            analysis => analysis.ImageId == former.ImageId && analysis.SettingsVersionId == job.SettingsVersionId && analysis.Detector == engine && analysis.ModelVersion == models,
            cancellationToken) is { } same)
        {
            // Somebody asked for the same meanwhile, for a comparison.
            if (same.State is AnalysisState.Failed or AnalysisState.Cancelled)
            {
                (same.State, same.FailureReason, same.Attempts) = (AnalysisState.Queued, null, 0);
            }

            item.NewAnalysisId = same.Id;
            return (same.Id, same.ImageId);
        }

        var added = new ImageAnalysis
        {
            ImageId = former.ImageId,
            SettingsVersionId = job.SettingsVersionId,
            Detector = engine,
            ModelVersion = models,
            QueuedAtUtc = clock.GetUtcNow().UtcDateTime,
            CapturedAtUtc = former.CapturedAtUtc,
            SiteId = former.SiteId,
        };
        context.Add(added);
        await context.SaveChangesAsync(cancellationToken);
        item.NewAnalysisId = added.Id;
        return (added.Id, added.ImageId);
    }

    // Null while the models are not ready with it.
    private static async Task<(long AnalysisId, long ImageId)?> ShowNewAsync(DashboardDbContext context, HistoryJob job, HistoryJobItem item, CancellationToken cancellationToken)
    {
        var made = await context.Analyses.SingleOrDefaultAsync(analysis => analysis.Id == item.NewAnalysisId, cancellationToken);
        if (made is { State: AnalysisState.Queued or AnalysisState.Running })
        {
            return null;
        }

        item.Done = true;
        if (made is not { State: AnalysisState.Done })
        {
            job.LeftAlone++;
            return (item.AnalysisId, made?.ImageId ?? 0);
        }

        job.LookedAgain++;
        await CarriedStatements.CarryAsync(context, item.AnalysisId, made.Id, cancellationToken);
        await CurrentResult.ShowAsync(context, made, cancellationToken);
        return (made.Id, made.ImageId);
    }

    private static Task<HistoryJob?> FindAsync(DashboardDbContext context, long jobId, HistoryJobState state, CancellationToken cancellationToken) =>
        context.HistoryJobs.SingleOrDefaultAsync(job => job.Id == jobId && job.State == state, cancellationToken);

    private void Announce(IEnumerable<(long AnalysisId, long ImageId)>? changed)
    {
        foreach (var (analysisId, imageId) in changed ?? [])
        {
            queue.Announce(analysisId, imageId, AnalysisState.Done);
        }
    }
}
