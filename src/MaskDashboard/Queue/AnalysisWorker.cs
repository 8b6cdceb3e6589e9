using MaskDashboard.Analysis;
using MaskDashboard.Vision;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Queue;

/// <summary>Works through the queue, with one analyzer for each of its workers.</summary>
/// <param name="queue">The queue.</param>
/// <param name="errands">What people wait for.</param>
/// <param name="runtime">Makes analyzers.</param>
/// <param name="scopes">One scope for each analysis.</param>
/// <param name="options">How many workers.</param>
/// <param name="logger">Log.</param>
public sealed partial class AnalysisWorker(
    AnalysisQueue queue, WorkerErrands errands, VisionRuntime runtime, IServiceScopeFactory scopes, IOptions<QueueOptions> options, ILogger<AnalysisWorker> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var analyzer = runtime.CreateAnalyzer();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (errands.TryTake(out var errand))
                {
                    await errand.RunAsync(analyzer, cancellationToken);
                    continue;
                }

                if (await queue.TakeAsync(cancellationToken) is not { } taken)
                {
                    await queue.WaitAsync(cancellationToken);
                    continue;
                }

                // Another worker may be asleep while more waits.
                queue.Wake();
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<AnalysisService>().RunAsync(taken.AnalysisId, analyzer, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The analysis keeps its reason itself; what arrives here is the database's or the disk's trouble, and the queue goes on.
                LogFailed(logger, exception);
                await queue.WaitAsync(cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker could not take or store an analysis")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
