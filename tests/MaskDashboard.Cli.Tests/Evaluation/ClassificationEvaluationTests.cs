using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Metrics;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Metrics;
using static MaskDashboard.Cli.Tests.Evaluation.Facts;

namespace MaskDashboard.Cli.Tests.Evaluation;

public class ClassificationEvaluationTests
{
    private static readonly PhotographFacts[] s_photographs =
    [
        Photograph(
            [
                Face(0, 11.9f, FaceKind.WithMask),
                new AnnotatedFace(new BoundingBox(20, 0, 5, 12), FaceKind.WithMask),
                Face(40, 20, FaceKind.WithoutMask),
                Face(80, 70, FaceKind.WornIncorrectly),
                Face(200, 40, FaceKind.WithMask),
                Face(300, 40, FaceKind.WithoutMask),
            ],
            [NoMask, Mask, NoMask, Mask, Mask, Neither],
            [],
            background: [Neither, Neither, Neither, Mask],
            quality: [new(1, 0), new(2, 0.05), new(3, 0.1), new(4, 0.2), new(5, 0.3), new(6, 0.4)]),
    ];

    [Fact]
    public void Of_HandComputedCase_HasAccuracies()
    {
        var report = Report();

        Assert.Equal(0.5, report.Accuracy); // right: face 2, 3, 5; "neither" leans to mask
        Assert.Equal((2 / 3.0 + 1 / 3.0) / 2, report.BalancedAccuracy!.Value, 12);
        Assert.Equal(new ConfusionRow(2, 1), report.Confusion.Mask);
        Assert.Equal(new ConfusionRow(2, 1), report.Confusion.NoMask);
    }

    [Fact]
    public void Of_12PixelsAndMore_GoByTheLongerSide()
    {
        Assert.Equal(5, Report().AccuracyMin12Px.Count);
        Assert.Equal((1 + 1 / 3.0) / 2, Report().BalancedAccuracyMin12Px!.Value, 12);
    }

    [Fact]
    public void Of_Labels_HaveTheirOwnRecall()
    {
        Assert.Equal(2 / 3.0, Report().ByLabel["with_mask"].Recall);
        Assert.Equal(1, Report().ByLabelMin12Px["with_mask"].Recall);
        Assert.Equal(0, Report().ByLabel["mask_weared_incorrect"].Recall);
    }

    [Fact]
    public void Of_Slices_AreThirdsOfSharpnessAndColour()
    {
        var report = Report();

        Assert.Equal([(2, 0.5), (2, 0.5), (2, 0.5)], report.ByBlur.Values.Select(share => (share.Count, share.Value!.Value)));
        Assert.Equal((2, 4), (report.ByColour["grey"].Count, report.ByColour["colour"].Count));
        Assert.Equal([2, 1, 2, 1], report.BySize.Values.Select(share => share.Count));
    }

    [Fact]
    public void Of_FacesKept_HaveAnOutputOfHalf()
    {
        Assert.Equal(5 / 6.0, Report().FacesKept.Value);
        Assert.Equal(1 / 6.0, Report().Uncertain.Value);
    }

    [Fact]
    public void BackgroundRejected_Crops_NeedBothOutputsLow() =>
        Assert.Equal(new Proportion(3, 4), ClassificationEvaluation.BackgroundRejected(s_photographs));

    [Fact]
    public void Calibration_Outputs_CountsTheDecisionAndTheStrongerOutput()
    {
        var calibration = ClassificationEvaluation.Calibration(s_photographs);

        // Shares .9 (mask, 2 of 3 right) and 8/9 (no mask, 1 of 2 right) fall into one bin, 2/3 (neither, wrong) into another.
        Assert.Equal((Math.Abs(3 - (3 * 0.9) - (2 * 8 / 9.0)) + (2 / 3.0)) / 6, calibration.Ece!.Value, 6);

        // Outputs .8: 1 of 2 right, gap .3; .9: 2 of 3 right, gap .7/3; .2: 0 of 1 right, gap .2.
        Assert.Equal(((0.3 * 2) + (0.7 / 3 * 3) + 0.2) / 6, calibration.EceStrongerOutput!.Value, 6);
    }

    private static GroundTruthReport Report() => ClassificationEvaluation.Of(s_photographs, new AnalysisSettings());
}
