using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Analysis;

/// <summary>
/// Stores how an analysis ended. A database that does not take it, for instance on a full disk, is asked again after growing
/// waits: the result is kept until then, and no analysis stays running for good.
/// </summary>
/// <param name="writer">Writes.</param>
/// <param name="options">How often a result is offered before its analysis fails.</param>
/// <param name="clock">The time, and the waits.</param>
/// <param name="logger">Log.</param>
public sealed partial class OutcomeStore(DatabaseWriter writer, IOptions<QueueOptions> options, TimeProvider clock, ILogger<OutcomeStore> logger)
{
    /// <summary>The reason of an analysis whose result the database did not take.</summary>
    public const string NotStored = "The result could not be stored: check the free space of the data folder, then retry.";

    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    /// <summary>Stores an outcome. After <see cref="QueueOptions.StoreAttempts"/> refusals the analysis fails instead, and that is offered until it is taken.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="state">Its state from now on.</param>
    /// <param name="change">Writes the outcome into the row; called anew for every attempt.</param>
    /// <param name="cancellationToken">The program stops: the row stays running, and the next start queues it again.</param>
    /// <returns>The state that was stored: <paramref name="state"/>, or failed; null when the analysis was deleted while it ran.</returns>
    public async Task<AnalysisState?> StoreAsync(long analysisId, AnalysisState state, Action<ImageAnalysis> change, CancellationToken cancellationToken)
    {
        var wait = _firstWait;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StoreOnceAsync(analysisId, state, change) ? state : null;
            }
            catch (Exception exception)
            {
                LogNotStored(logger, analysisId, attempt, wait.TotalSeconds, exception);
            }

            if (attempt == options.Value.StoreAttempts && state == AnalysisState.Done)
            {
                (state, change) = (AnalysisState.Failed, stored => stored.FailureReason = NotStored);
                continue;
            }

            await Task.Delay(wait, clock, cancellationToken);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, _longestWait.Ticks));
        }
    }

    /// <summary>Stores an outcome, or throws what the database said.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="state">Its state from now on.</param>
    /// <param name="change">Writes the outcome into the row.</param>
    /// <returns>Whether the analysis is still there.</returns>
    public Task<bool> StoreOnceAsync(long analysisId, AnalysisState state, Action<ImageAnalysis> change) => writer.WriteAsync(
        async (context, token) =>
        {
            // Deleted while it ran: nothing to keep.
            if (await context.Analyses.SingleOrDefaultAsync(analysis => analysis.Id == analysisId, token) is not { } stored)
            {
                return false;
            }

            change(stored);
            stored.State = state;
            stored.CompletedAtUtc = state == AnalysisState.Queued ? null : clock.GetUtcNow().UtcDateTime;
            return true;
        },
        CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of analysis {AnalysisId} could not be stored (attempt {Attempt}); the next attempt follows within {WaitSeconds} s")]
    private static partial void LogNotStored(ILogger logger, long analysisId, int attempt, double waitSeconds, Exception exception);
}
