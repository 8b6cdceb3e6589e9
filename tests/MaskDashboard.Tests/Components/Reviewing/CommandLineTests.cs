using MaskDashboard.Components.Reviewing;

namespace MaskDashboard.Tests.Components.Reviewing;

public sealed class CommandLineTests
{
    [Fact]
    public async Task RunAsync_TypedAhead_RunInTheirOrder()
    {
        var line = new CommandLine();
        var gate = new TaskCompletionSource();
        var done = new List<int>();

        var first = line.RunAsync(async () =>
        {
            await gate.Task;
            done.Add(1);
        });
        var second = line.RunAsync(() =>
        {
            done.Add(2);
            return Task.CompletedTask;
        });
        Assert.Empty(done);
        gate.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal([1, 2], done);
    }

    [Fact]
    public async Task RunAsync_OneFails_TheNextStillRuns()
    {
        var line = new CommandLine();
        var failed = line.RunAsync(() => throw new InvalidOperationException("no"));
        var ran = false;

        await line.RunAsync(() =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        Assert.True(ran);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed);
    }
}
