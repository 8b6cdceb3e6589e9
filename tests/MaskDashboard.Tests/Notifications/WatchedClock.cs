using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace MaskDashboard.Tests.Notifications;

/// <summary>A clock that is moved by hand and tells how long timers are set for, so that a test moves it once somebody waits for it.</summary>
internal sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(base.CreateTimer(callback, state, dueTime, period), _waits.Writer);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer is set for a time within bounds.</summary>
    public async Task TimerAsync(TimeSpan atLeast, TimeSpan atMost)
    {
        await foreach (var wait in _waits.Reader.ReadAllAsync())
        {
            if (wait >= atLeast && wait <= atMost)
            {
                return;
            }
        }
    }

    private sealed class WatchedTimer(ITimer inner, ChannelWriter<TimeSpan> waits) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            waits.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
