using System.Threading.Channels;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Queue;

/// <summary>How many analyses are in which state.</summary>
/// <param name="Queued">Waiting.</param>
/// <param name="Running">With a worker.</param>
/// <param name="Failed">Failed and not retried.</param>
public readonly record struct QueueState(int Queued, int Running, int Failed);

/// <summary>The queue: rows of the analyses table in state queued. What is kept here only wakes the workers.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="runtime">Names the models.</param>
/// <param name="events">Tells pages.</param>
/// <param name="clock">The time.</param>
public sealed class AnalysisQueue(
    IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, SettingsStore settings, VisionRuntime runtime, AnalysisEvents events, TimeProvider clock)
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Counts the analyses by state.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<QueueState> StateAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await CountByState(context.Analyses).ToDictionaryAsync(group => group.State, group => group.Count, cancellationToken);
        return new QueueState(counts.GetValueOrDefault(AnalysisState.Queued), counts.GetValueOrDefault(AnalysisState.Running), counts.GetValueOrDefault(AnalysisState.Failed));
    }

    /// <summary>Queues an image for a detector under the settings in force. An analysis that is already there is not made twice.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="detector">The engine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The analysis.</returns>
    public async Task<long> EnqueueAsync(long imageId, DetectorKind detector, CancellationToken cancellationToken = default)
    {
        var (version, models) = (settings.Current.VersionId, runtime.ModelVersion(detector));
        var analysisId = await writer.WriteAsync(
            async (context, token) =>
            {
                var same = await context.Analyses.SingleOrDefaultAsync(
                    analysis => analysis.ImageId == imageId && analysis.SettingsVersionId == version && analysis.Detector == detector && analysis.ModelVersion == models, token);
                if (same is not null)
                {
                    if (same.State is AnalysisState.Failed or AnalysisState.Cancelled)
                    {
                        (same.State, same.FailureReason, same.Attempts) = (AnalysisState.Queued, null, 0);
                    }

                    return same.Id;
                }

                var image = await context.Images.SingleAsync(stored => stored.Id == imageId, token);
                var added = new ImageAnalysis
                {
                    ImageId = imageId,
                    SettingsVersionId = version,
                    Detector = detector,
                    ModelVersion = models,
                    QueuedAtUtc = clock.GetUtcNow().UtcDateTime,
                    CapturedAtUtc = image.CapturedAtUtc,
                    SiteId = image.SiteId,
                };
                context.Add(added);
                await context.SaveChangesAsync(token);
                return added.Id;
            },
            cancellationToken);
        Announce(analysisId, imageId, AnalysisState.Queued);
        return analysisId;
    }

    /// <summary>Takes an analysis out of the queue; one that runs already goes on.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was still waiting.</returns>
    public Task<bool> CancelAsync(long analysisId, CancellationToken cancellationToken = default) =>
        ChangeAsync(analysisId, state => state == AnalysisState.Queued, AnalysisState.Cancelled, cancellationToken);

    /// <summary>Queues a failed or cancelled analysis again.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it had failed or been cancelled.</returns>
    public Task<bool> RetryAsync(long analysisId, CancellationToken cancellationToken = default) =>
        ChangeAsync(analysisId, state => state is AnalysisState.Failed or AnalysisState.Cancelled, AnalysisState.Queued, cancellationToken);

    /// <summary>Queues every failed analysis again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many.</returns>
    public async Task<int> RetryAllFailedAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var failed = await context.Analyses.Where(analysis => analysis.State == AnalysisState.Failed).Select(analysis => analysis.Id).ToListAsync(cancellationToken);
        var retried = 0;
        foreach (var analysisId in failed)
        {
            retried += await RetryAsync(analysisId, cancellationToken) ? 1 : 0;
        }

        return retried;
    }

    /// <summary>Takes the oldest waiting analysis; null when none waits.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    internal Task<(long AnalysisId, long ImageId)?> TakeAsync(CancellationToken cancellationToken) => writer.WriteAsync<(long, long)?>(
        async (context, token) =>
        {
            var next = await context.Analyses.Where(analysis => analysis.State == AnalysisState.Queued)
                .OrderBy(analysis => analysis.QueuedAtUtc).ThenBy(analysis => analysis.Id).FirstOrDefaultAsync(token);
            if (next is null)
            {
                return null;
            }

            next.State = AnalysisState.Running;
            next.Attempts++;
            next.StartedAtUtc = clock.GetUtcNow().UtcDateTime;
            return (next.Id, next.ImageId);
        },
        cancellationToken);

    /// <summary>The states that say how the queue stands; finished analyses are history.</summary>
    internal static readonly AnalysisState[] CountedStates = [AnalysisState.Queued, AnalysisState.Running, AnalysisState.Failed];

    /// <summary>Counts analyses by those states.</summary>
    /// <param name="analyses">The table.</param>
    internal static IQueryable<StateCount> CountByState(IQueryable<ImageAnalysis> analyses) => analyses
        .Where(analysis => CountedStates.Contains(analysis.State))
        .GroupBy(analysis => analysis.State)
        .Select(group => new StateCount(group.Key, group.Count()));

    /// <summary>How many analyses are in a state.</summary>
    /// <param name="State">The state.</param>
    /// <param name="Count">How many.</param>
    internal sealed record StateCount(AnalysisState State, int Count);

    /// <summary>Waits until something may have been queued.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _wake.Reader.ReadAsync(cancellationToken);

    /// <summary>Tells pages of a change, and wakes a worker when something was queued.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="imageId">Its image.</param>
    /// <param name="state">Its state now.</param>
    internal void Announce(long analysisId, long imageId, AnalysisState state)
    {
        if (state == AnalysisState.Queued)
        {
            Wake();
        }

        events.Publish(new AnalysisEvent(analysisId, imageId, state));
    }

    /// <summary>Wakes a worker.</summary>
    internal void Wake() => _wake.Writer.TryWrite(true);

    private async Task<bool> ChangeAsync(long analysisId, Func<AnalysisState, bool> from, AnalysisState to, CancellationToken cancellationToken)
    {
        var imageId = await writer.WriteAsync<long?>(
            async (context, token) =>
            {
                var analysis = await context.Analyses.SingleOrDefaultAsync(stored => stored.Id == analysisId, token);
                if (analysis is null || !from(analysis.State))
                {
                    return null;
                }

                analysis.State = to;
                analysis.FailureReason = null;
                analysis.Attempts = to == AnalysisState.Queued ? 0 : analysis.Attempts;
                return analysis.ImageId;
            },
            cancellationToken);
        if (imageId is not null)
        {
            Announce(analysisId, imageId.Value, to);
        }

        return imageId is not null;
    }
}
