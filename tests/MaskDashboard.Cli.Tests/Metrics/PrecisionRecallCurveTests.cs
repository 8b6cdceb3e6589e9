using MaskDashboard.Cli.Metrics;

namespace MaskDashboard.Cli.Tests.Metrics;

public class PrecisionRecallCurveTests
{
    // Sorted: true .9, false .8, true .7, true .6, false .5 with 4 faces:
    // recall .25 .25 .5 .75 .75, precision 1, 1/2, 2/3, 3/4, 3/5.
    private static readonly PrecisionRecallCurve s_curve = PrecisionRecallCurve.From(
        [new(0.6, true), new(0.9, true), new(0.5, false), new(0.8, false), new(0.7, true)], groundTruth: 4);

    [Fact]
    public void AveragePrecision_HandComputedCase_IsTheAreaUnderTheEnvelope() =>
        Assert.Equal((0.25 * 1) + (0.5 * 0.75), s_curve.AveragePrecision, 12);

    [Fact]
    public void Points_UnsortedDetections_AreInOrderOfScore()
    {
        Assert.Equal([0.9, 0.8, 0.7, 0.6, 0.5], s_curve.Points.Select(point => point.Score));
        Assert.Equal([0.25, 0.25, 0.5, 0.75, 0.75], s_curve.Points.Select(point => point.Recall));
        Assert.Equal([1, 0.5, 2 / 3.0, 0.75, 0.6], s_curve.Points.Select(point => point.Precision));
    }

    [Fact]
    public void Thinned_StepOfRecall_KeepsFirstAndLast()
    {
        Assert.Equal([0.9, 0.6, 0.5], s_curve.Thinned(0.4).Select(point => point.Score));
        Assert.Empty(PrecisionRecallCurve.From([], groundTruth: 3).Thinned(0.1));
    }

    [Theory]
    [InlineData(0.90, 0.25, 0.9)]
    [InlineData(0.75, 0.75, 0.6)]
    [InlineData(0.0, 0.75, 0.5)]
    public void RecallAtPrecision_Wanted_IsTheHighestThatHasIt(double precision, double recall, double score)
    {
        Assert.Equal(recall, s_curve.RecallAtPrecision(precision));
        Assert.Equal(score, s_curve.ScoreAtPrecision(precision));
    }

    [Fact]
    public void RecallAtPrecision_NeverReached_IsZero()
    {
        var curve = PrecisionRecallCurve.From([new(0.9, false), new(0.8, true)], groundTruth: 1);

        Assert.Equal(0, curve.RecallAtPrecision(0.9));
        Assert.Null(curve.ScoreAtPrecision(0.9));
    }

    [Fact]
    public void From_EqualScores_AreOnePointWhateverTheirOrder()
    {
        ScoredDetection[] detections = [new(1, false), new(1, true), new(1, true), new(1, false)];

        var curve = PrecisionRecallCurve.From(detections, groundTruth: 8);

        Assert.Equal(new OperatingPoint(1, 0.5, 0.25), Assert.Single(curve.Points));
        Assert.Equal(0.125, curve.AveragePrecision);
        Assert.Equal(0.125, PrecisionRecallCurve.From(detections.Reverse(), groundTruth: 8).AveragePrecision);
    }

    [Fact]
    public void AveragePrecision_EverythingFoundAndNothingElse_IsOne() =>
        Assert.Equal(1, PrecisionRecallCurve.From([new(0.9, true), new(0.3, true)], groundTruth: 2).AveragePrecision);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void AveragePrecision_NothingDetected_IsZero(int groundTruth) =>
        Assert.Equal(0, PrecisionRecallCurve.From([], groundTruth).AveragePrecision);
}
