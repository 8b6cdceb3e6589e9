namespace MaskDashboard.Components.Controls;

/// <summary>
/// Turns a burst of news into few refreshes: the first request starts a refresh after the interval, requests during a
/// refresh start exactly one more. Thread-safe.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<Task> _refresh;
    private readonly ITimer _timer;
    private readonly TimeSpan _interval;
    private bool _due;
    private bool _running;
    private bool _disposed;

    /// <summary>Creates one; nothing runs until the first request.</summary>
    /// <param name="clock">The present.</param>
    /// <param name="interval">Shortest time from a request to its refresh, and between two refreshes.</param>
    /// <param name="refresh">What to do; called on a thread of the pool and expected to report its own errors.</param>
    public LiveRefresh(TimeProvider clock, TimeSpan interval, Func<Task> refresh)
    {
        (_interval, _refresh) = (interval, refresh);
        _timer = clock.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something changed.</summary>
    public void Request()
    {
        lock (_gate)
        {
            if (_disposed || _due)
            {
                return;
            }

            _due = true;
            if (!_running)
            {
                _timer.Change(_interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private async Task RunAsync()
    {
        lock (_gate)
        {
            if (_disposed || !_due)
            {
                return;
            }

            (_due, _running) = (false, true);
        }

        try
        {
            await _refresh();
        }
        finally
        {
            lock (_gate)
            {
                _running = false;
                if (_due && !_disposed)
                {
                    _timer.Change(_interval, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }
}
