using MaskDashboard.Cli.Metrics;

namespace MaskDashboard.Cli.Tests.Metrics;

public class MaskConfusionTests
{
    [Fact]
    public void Of_HandComputedCase_CountsAndAverages()
    {
        var confusion = MaskConfusion.Of(
            [(true, true), (true, true), (true, true), (true, true), (true, true), (true, true), (true, true), (true, false), (false, true), (false, false)]);

        Assert.Equal(new MaskConfusion(7, 1, 1, 1), confusion);
        Assert.Equal(0.8, confusion.Accuracy.Value);
        Assert.Equal((0.875 + 0.5) / 2, confusion.BalancedAccuracy);
    }

    [Fact]
    public void BalancedAccuracy_OneClassMissing_IsTheOtherOnesRecall() =>
        Assert.Equal(0.75, new MaskConfusion(3, 1, 0, 0).BalancedAccuracy);

    [Fact]
    public void BalancedAccuracy_NoFaces_IsNull() => Assert.Null(default(MaskConfusion).BalancedAccuracy);
}
