namespace MaskDashboard.Cli.Tests.Output;

/// <summary>Time that passes by hand, so that no test says more on a machine that is slow.</summary>
internal sealed class Clock : TimeProvider
{
    public TimeSpan Elapsed { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;
}
