using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;
using static MaskDashboard.Cli.Tests.Evaluation.Facts;

namespace MaskDashboard.Cli.Tests.Evaluation;

public class ReportComputationTests
{
    [Fact]
    public void Of_Photographs_AveragesTimesByImageAndByFace()
    {
        var face = Face(0, 40, FaceKind.WithMask);
        PhotographFacts[] photographs =
        [
            Photograph([face], [Mask], [Found(face, 0.9f, Mask), FoundAt(100, 40, 0.5f, NoMask)]) with { Times = new StageTimes(2, 10, 40, 1) },
            Photograph([], [], []) with { Times = new StageTimes(4, 30, 0, 3) },
        ];

        var report = ReportComputation.Of(photographs, new AnalysisSettings(), "models");

        Assert.Equal(new TimingReport(3, 20, 20, 45), report.Timing);
        Assert.Equal((2, 1, "models"), (report.Images, report.Faces, report.Models));
        Assert.Equal(1, report.Detection.Precision);
        Assert.Null(report.BackgroundRejected);
    }

    [Fact]
    public void Of_CandidateBelowTheProductsFloor_IsOnTheCurveButNeverCounts()
    {
        var face = Face(0, 40, FaceKind.WithMask);

        var report = ReportComputation.Of([Photograph([face], [Mask], [Found(face, 0.15f, Mask)])], new AnalysisSettings { MinDetectionScore = 0.2 }, "models");

        Assert.Equal((0, 1), (report.Detection.Recall, report.Detection.Ap50));
    }

    [Fact]
    public void Of_HaarWhichHasNoScores_CountsEveryDetection()
    {
        var face = Face(0, 40, FaceKind.WithMask);

        var report = ReportComputation.Of(
            [Photograph([face], [Mask], [Found(face, 0.3f, Mask)])], new AnalysisSettings { Detector = DetectorKind.Haar }, "models");

        Assert.Equal(1, report.Detection.Recall);
    }
}
