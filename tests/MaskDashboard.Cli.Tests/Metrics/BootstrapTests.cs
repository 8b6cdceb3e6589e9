using MaskDashboard.Cli.Metrics;

namespace MaskDashboard.Cli.Tests.Metrics;

public class BootstrapTests
{
    [Fact]
    public void Interval_Mean_HoldsTheMeanAndComesBackTheSame()
    {
        var values = Enumerable.Range(0, 100).Select(i => i % 10 / 10.0).ToArray(); // mean 0.45, standard error 0.029

        var first = Bootstrap.Interval(values, drawn => drawn.Average())!.Value;

        Assert.Equal(first, Bootstrap.Interval(values, drawn => drawn.Average()));
        Assert.InRange(first.Low, 0.37, 0.42);
        Assert.InRange(first.High, 0.48, 0.53);
    }

    [Fact]
    public void Interval_OneImage_IsNull() => Assert.Null(Bootstrap.Interval([1.0], drawn => drawn.Average()));
}
