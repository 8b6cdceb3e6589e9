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
/// <param name="clock">Waits.</param>
/// <param name="logger">Log.</param>
public sealed partial class AnalysisWorker(
    AnalysisQueue queue,
    WorkerErrands errands,
    VisionRuntime runtime,
    IServiceScopeFactory scopes,
    IOptions<QueueOptions> options,
    TimeProvider clock,
    ILogger<AnalysisWorker> logger) : BackgroundService
{
    private static readonly TimeSpan _pauseAfterTrouble = TimeSpan.FromSeconds(5);

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
                await scope.ServiceProvider.GetRequiredService<AnalysisService>().RunAsync(taken.AnalysisId, taken.ImageId, analyzer, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The analysis keeps its reason itself; what arrives here is the database's trouble. It may pass without anybody queueing anything.
                LogFailed(logger, exception);
                await Task.Delay(_pauseAfterTrouble, clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker could not take an analysis")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
