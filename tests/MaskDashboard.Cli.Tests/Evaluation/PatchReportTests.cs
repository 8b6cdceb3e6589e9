using MaskDashboard.Cli.Evaluation;

namespace MaskDashboard.Cli.Tests.Evaluation;

public class PatchReportTests
{
    [Fact]
    public void Of_HandComputedCase_HasEveryFigure()
    {
        var report = PatchReport.Of(
            [("m1", true, new(1, 0)), ("m2", true, new(1, 0)), ("m3", true, new(0, 1)), ("n1", false, new(0, 1))], nearDuplicatesDropped: 2, "model", classifyMilliseconds: 80);

        Assert.Equal(4, report.Images);
        Assert.Equal(0.75, report.Accuracy);
        Assert.Equal((2 / 3.0 + 1) / 2, report.BalancedAccuracy!.Value, 12);
        Assert.Equal((new ConfusionRow(2, 1), new ConfusionRow(0, 1)), (report.Confusion.Mask, report.Confusion.NoMask));
        Assert.Equal(0.25, report.Ece!.Value, 12);
        Assert.Equal(["m3"], report.Wrong);
        Assert.Equal(20, report.ClassifyPerFace);
    }

    [Fact]
    public void Of_NoImages_HasNoFigures()
    {
        var report = PatchReport.Of([], 0, "model", 0);

        Assert.Null(report.Accuracy);
        Assert.Null(report.Ece);
        Assert.Equal(0, report.ClassifyPerFace);
    }
}
