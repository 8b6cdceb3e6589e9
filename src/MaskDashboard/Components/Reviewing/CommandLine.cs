namespace MaskDashboard.Components.Reviewing;

/// <summary>
/// Runs commands one after the other, so that keys typed ahead mean what they would have meant slowly. For one circuit: its commands are given on the circuit's own context.
/// </summary>
public sealed class CommandLine
{
    private Task _last = Task.CompletedTask;

    /// <summary>Runs a command once those before it are done, whatever became of them.</summary>
    /// <param name="command">What to do.</param>
    public Task RunAsync(Func<Task> command)
    {
        var mine = AfterAsync(_last, command);
        _last = mine;
        return mine;
    }

    private static async Task AfterAsync(Task before, Func<Task> command)
    {
        // Whoever gave the command before hears of its failure.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await command();
    }
}
