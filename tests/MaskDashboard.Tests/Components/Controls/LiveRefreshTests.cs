using MaskDashboard.Components.Controls;
using Microsoft.Extensions.Time.Testing;

namespace MaskDashboard.Tests.Components.Controls;

public sealed class LiveRefreshTests
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Request_ManyBeforeTheInterval_RefreshesOnce()
    {
        var refreshes = 0;
        using var live = new LiveRefresh(_clock, _interval, () => { refreshes++; return Task.CompletedTask; });

        live.Request();
        live.Request();
        live.Request();
        Assert.Equal(0, refreshes);
        _clock.Advance(_interval);
        _clock.Advance(_interval);

        Assert.Equal(1, refreshes);
    }

    [Fact]
    public void Request_DuringARefresh_RefreshesOnceMore()
    {
        var refreshes = 0;
        var first = new TaskCompletionSource();
        using var live = new LiveRefresh(_clock, _interval, () => ++refreshes == 1 ? first.Task : Task.CompletedTask);

        live.Request();
        _clock.Advance(_interval);
        live.Request();
        live.Request();
        _clock.Advance(_interval);
        Assert.Equal(1, refreshes);

        first.SetResult();
        _clock.Advance(_interval);
        Assert.Equal(2, refreshes);
    }

    [Fact]
    public void Request_AfterARefreshThatFailed_RefreshesAgain()
    {
        var refreshes = 0;
        using var live = new LiveRefresh(_clock, _interval, () => ++refreshes == 1 ? Task.FromException(new InvalidOperationException()) : Task.CompletedTask);

        live.Request();
        _clock.Advance(_interval);
        live.Request();
        _clock.Advance(_interval);

        Assert.Equal(2, refreshes);
    }

    [Fact]
    public void Request_AfterDispose_DoesNothing()
    {
        var refreshes = 0;
        var live = new LiveRefresh(_clock, _interval, () => { refreshes++; return Task.CompletedTask; });

        live.Request();
        live.Dispose();
        live.Request();
        _clock.Advance(_interval);

        Assert.Equal(0, refreshes);
    }
}
