using MaskDashboard.Cli.Metrics;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Tests.Metrics;

public class CalibrationErrorTests
{
    [Fact]
    public void Expected_HandComputedCase_WeighsTheBins()
    {
        // Bin of 0.9 (13/15 to 14/15): 3 of 4 right, mean confidence 0.9: gap 0.15. Bin of 0.55: 1 of 1 right: gap 0.45.
        (double, bool)[] predictions = [(0.9, true), (0.9, true), (0.9, true), (0.9, false), (0.55, true)];

        Assert.Equal((0.15 * 4 / 5) + (0.45 / 5), CalibrationError.Expected(predictions)!.Value, 12);
    }

    [Fact]
    public void Expected_CertainAndRight_IsZero() => Assert.Equal(0, CalibrationError.Expected([(1, true), (1, true)]));

    [Fact]
    public void Expected_CertainAndWrong_IsOne() => Assert.Equal(1, CalibrationError.Expected([(1, false)]));

    [Fact]
    public void Expected_ZeroConfidence_FallsIntoTheFirstBin() => Assert.Equal(1, CalibrationError.Expected([(0, true)]));

    [Fact]
    public void Expected_NoPredictions_IsNull() => Assert.Null(CalibrationError.Expected([]));

    [Theory]
    [InlineData(0.9f, 0.1f, 0.9)]
    [InlineData(0.1f, 0.3f, 0.75)]
    [InlineData(0f, 0f, 0.5)]
    public void DecisionConfidence_Outputs_IsTheStrongerOnesShare(float mask, float noMask, double expected) =>
        Assert.Equal(expected, CalibrationError.DecisionConfidence(new MaskProbabilities(mask, noMask)), 6);
}
