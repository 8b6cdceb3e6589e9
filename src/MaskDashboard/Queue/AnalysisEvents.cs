using MaskDashboard.Storage;

namespace MaskDashboard.Queue;

/// <summary>Something happened to an analysis; pages that show it refresh.</summary>
/// <param name="AnalysisId">The analysis.</param>
/// <param name="ImageId">Its image.</param>
/// <param name="State">Its state now; null once it was deleted.</param>
public readonly record struct AnalysisEvent(long AnalysisId, long ImageId, AnalysisState? State);

/// <summary>Tells pages what the queue does. Thread-safe; one for the process.</summary>
public sealed partial class AnalysisEvents(ILogger<AnalysisEvents> logger)
{
    private readonly Lock _gate = new();
    private Action<AnalysisEvent>[] _handlers = [];

    /// <summary>Calls <paramref name="handler"/> on every event until the returned subscription is disposed. The handler must be quick and marshal to its own context.</summary>
    /// <param name="handler">Called on the publisher's thread.</param>
    public IDisposable Subscribe(Action<AnalysisEvent> handler)
    {
        lock (_gate)
        {
            _handlers = [.. _handlers, handler];
        }

        return new Subscription(this, handler);
    }

    /// <summary>Tells every subscriber. One that throws is logged and does not keep the others from hearing.</summary>
    /// <param name="analysisEvent">What happened.</param>
    public void Publish(AnalysisEvent analysisEvent)
    {
        foreach (var handler in _handlers)
        {
            try
            {
                handler(analysisEvent);
            }
            catch (Exception exception)
            {
                LogHandlerFailed(logger, analysisEvent.AnalysisId, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed to take the news of analysis {AnalysisId}")]
    private static partial void LogHandlerFailed(ILogger logger, long analysisId, Exception exception);

    private sealed class Subscription(AnalysisEvents events, Action<AnalysisEvent> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (events._gate)
            {
                var index = Array.IndexOf(events._handlers, handler);
                if (index >= 0)
                {
                    events._handlers = [.. events._handlers[..index], .. events._handlers[(index + 1)..]];
                }
            }
        }
    }
}
