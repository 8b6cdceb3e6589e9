using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MaskDashboard.Vision;

namespace MaskDashboard.Queue;

/// <summary>
/// Short work that needs the models and that a person waits for, for instance measuring a face that was just drawn. Workers do it before they
/// take the next image from the queue. Nothing of it is stored: whoever asked asks again after a restart. Thread-safe.
/// </summary>
/// <param name="queue">Its workers are woken.</param>
public sealed class WorkerErrands(AnalysisQueue queue)
{
    private readonly ConcurrentQueue<WorkerErrand> _waiting = new();

    /// <summary>Has a worker do something and waits for it.</summary>
    /// <param name="work">What to do, with the worker's analyzer.</param>
    /// <param name="cancellationToken">Nobody waits any longer: it is not begun, or stopped where <paramref name="work"/> looks at its token.</param>
    /// <returns>What <paramref name="work"/> returns; its exceptions are thrown here.</returns>
    public async Task<T> RunAsync<T>(Func<FrameAnalyzer, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(new WorkerErrand(async (analyzer, stopping) =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
            try
            {
                either.Token.ThrowIfCancellationRequested();
                done.TrySetResult(await work(analyzer, either.Token));
            }
            catch (OperationCanceledException)
            {
                done.TrySetCanceled(either.Token);
            }
            catch (Exception exception)
            {
                done.TrySetException(exception);
            }
        }));
        queue.Wake();
        return await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes the errand that waits longest.</summary>
    /// <param name="errand">The errand.</param>
    /// <returns>Whether there was one.</returns>
    internal bool TryTake([NotNullWhen(true)] out WorkerErrand? errand) => _waiting.TryDequeue(out errand);
}

/// <summary>An errand; it reports to whoever asked and throws nothing.</summary>
/// <param name="RunAsync">Does it, with the worker's analyzer, until the program stops.</param>
internal sealed record WorkerErrand(Func<FrameAnalyzer, CancellationToken, Task> RunAsync);
