using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;
using static MaskDashboard.Cli.Tests.Evaluation.Facts;

namespace MaskDashboard.Cli.Tests.Evaluation;

public class DetectionEvaluationTests
{
    private static readonly AnnotatedFace s_small = Face(0, 10, FaceKind.WithMask);
    private static readonly AnnotatedFace s_medium = Face(100, 20, FaceKind.WithoutMask);
    private static readonly AnnotatedFace s_large = Face(200, 80, FaceKind.WornIncorrectly);
    private static readonly AnnotatedFace s_other = Face(0, 40, FaceKind.WithMask);

    // Over all photographs by confidence: large .93 true, false .87 (30 px), medium .80 true, other .75 true, small .42 true.
    private static readonly PhotographFacts[] s_photographs =
    [
        Photograph(
            [s_small, s_medium, s_large],
            [Mask, NoMask, Mask],
            [Found(s_large, 0.95f, Mask), FoundAt(300, 30, 0.9f, NoMask), Found(s_medium, 0.8f, NoMask), Found(s_small, 0.3f, Mask)]),
        Photograph([s_other], [Mask], [Found(s_other, 0.7f, Mask)]),
    ];

    [Fact]
    public void Of_HandComputedCase_HasPrecisionAndRecallAtTheThreshold()
    {
        var report = Report();

        Assert.Equal(0.75, report.Precision); // 3 of 4 from 0.6 on
        Assert.Equal(0.75, report.Recall); // 3 of 4 faces
        Assert.Equal(0.6, report.ScoreThreshold);
    }

    [Fact]
    public void Of_HandComputedCase_HasAveragePrecision()
    {
        // Precision 1, 1/2, 2/3, 3/4, 4/5 at recall 1/4, 1/4, 2/4, 3/4, 1.
        Assert.Equal(0.25 + (0.75 * 0.8), Report().Ap50, 12);
        Assert.Equal(0.25, Report().RecallAtPrecision90);
        Assert.Equal(0.25, Report().RecallAtPrecision93);
        Assert.Equal(FaceConfidence.Of(0.95f, Mask), Report().ScoreAtPrecision93!.Value, 6);
    }

    [Fact]
    public void Of_Labels_HaveTheirOwnRecall()
    {
        var byClass = Report().ByClass;

        Assert.Equal((2, 0.5), (byClass["with_mask"].Faces, byClass["with_mask"].Recall));
        Assert.Equal((1, 1), (byClass["without_mask"].Faces, byClass["without_mask"].Recall));
        Assert.Equal((1, 1), (byClass["mask_weared_incorrect"].Faces, byClass["mask_weared_incorrect"].Recall));
    }

    [Fact]
    public void Of_Sizes_CountOnlyFacesAndDetectionsOfThatSize()
    {
        var bySize = Report().BySize;

        Assert.Equal(["<16", "16-32", "32-64", ">64"], bySize.Keys);
        Assert.Equal((1, 0, 1), (bySize["<16"].Faces, bySize["<16"].Recall, bySize["<16"].Ap50)); // found at 0.42, below the threshold
        Assert.Equal((1, 1, 0.5), (bySize["16-32"].Faces, bySize["16-32"].Recall, bySize["16-32"].Ap50)); // the false one is stronger
        Assert.Equal((1, 1, 1), (bySize["32-64"].Faces, bySize["32-64"].Recall, bySize["32-64"].Ap50));
        Assert.Equal((1, 1, 1), (bySize[">64"].Faces, bySize[">64"].Recall, bySize[">64"].Ap50));
    }

    [Fact]
    public void Of_StrongDetectionThatTheClassifierRefuses_RanksBelowFaces()
    {
        var report = DetectionEvaluation.Of(
            [Photograph([s_other], [Mask], [FoundAt(300, 40, 0.9f, new MaskProbabilities(0.05f, 0.02f)), Found(s_other, 0.7f, Mask)])], Counts, 0.6);

        Assert.Equal((1, 1, 1), (report.Ap50, report.Precision, report.Recall));
        Assert.Equal(1, report.BySize["32-64"].Ap50);
        Assert.Equal((0.5, 0), (report.OwnScore.Ap50, report.OwnScore.RecallAtPrecision90));
    }

    [Fact]
    public void Of_NothingDetected_HasNoPrecisionAndZeroRecall()
    {
        var report = DetectionEvaluation.Of([Photograph([s_small], [Mask], [])], Counts, 0.6);

        Assert.Null(report.Precision);
        Assert.Equal(0, report.Recall);
        Assert.Equal(0, report.Ap50);
        Assert.Null(report.ByClass["without_mask"].Recall);
        Assert.Equal((0, null), (report.BySize[">64"].Faces, report.BySize[">64"].Ap50));
    }

    [Fact]
    public void Matched_DetectionsInForce_AreComparedWithTheFaceTheyFound()
    {
        var matched = DetectionEvaluation.Matched(s_photographs, Counts);

        Assert.Equal(3, matched.Faces);
        Assert.Equal(2 / 3.0, matched.Accuracy); // the incorrectly worn one was called mask
        Assert.Equal(new ConfusionRow(1, 0), matched.Confusion.Mask);
        Assert.Equal(new ConfusionRow(1, 1), matched.Confusion.NoMask);
    }

    [Fact]
    public void EndToEnd_HandComputedCase_AveragesTheClasses()
    {
        var endToEnd = DetectionEvaluation.EndToEnd(s_photographs);

        // Mask, 2 faces: the large .95 x .9 called mask is false, other .7 true, small .3 true: precision 0, 1/2, 2/3.
        Assert.Equal(2 / 3.0, endToEnd.ApMask, 6);
        // No mask, 2 faces: false .9 x .8, medium .8 x .8 true, and the incorrectly worn one at .95 x .1: precision 0, 1/2, 2/3.
        Assert.Equal(2 / 3.0, endToEnd.ApNoMask, 6);
        Assert.Equal((endToEnd.ApMask + endToEnd.ApNoMask) / 2, endToEnd.Map50, 12);
        // For one class only, the incorrectly worn one is missed: precision 1/2 at recall 1/2.
        Assert.Equal(((2 / 3.0) + 0.25) / 2, endToEnd.Map50OneClass, 6);
    }

    private static bool Counts(FaceCandidate candidate) => candidate.Confidence >= 0.6f;

    private static DetectionReport Report() => DetectionEvaluation.Of(s_photographs, Counts, 0.6);
}
