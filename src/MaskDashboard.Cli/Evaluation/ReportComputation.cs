using MaskDashboard.Vision;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Turns what was measured into the report.</summary>
public static class ReportComputation
{
    /// <summary>Computes every figure.</summary>
    /// <param name="photographs">What was measured, at least one photograph.</param>
    /// <param name="settings">The thresholds in force.</param>
    /// <param name="models">Detector and classifier files.</param>
    public static EvaluationReport Of(IReadOnlyList<PhotographFacts> photographs, AnalysisSettings settings, string models)
    {
        // Candidates below the product's floor are there for the curve only.
        bool CountsAsFace(FaceCandidate candidate) =>
            (settings.Detector == DetectorKind.Haar || candidate.Detection.Score >= YuNetFaceDetector.ScoreFloor) && Judgement.Counts(candidate, settings.Detector, settings);
        var background = ClassificationEvaluation.BackgroundRejected(photographs);
        return new EvaluationReport
        {
            Images = photographs.Count,
            Faces = photographs.Sum(photograph => photograph.Truth.Count),
            Models = models,
            Detection = DetectionEvaluation.Of(photographs, CountsAsFace, settings.MinDetectionScore),
            GroundTruthBoxes = ClassificationEvaluation.Of(photographs, settings),
            Matched = DetectionEvaluation.Matched(photographs, CountsAsFace),
            EndToEnd = DetectionEvaluation.EndToEnd(photographs),
            BackgroundRejected = background.Value,
            Background = Share.Of(background),
            Calibration = ClassificationEvaluation.Calibration(photographs),
            Timing = Timing(photographs),
        };
    }

    private static TimingReport Timing(IReadOnlyList<PhotographFacts> photographs)
    {
        var classified = photographs.Sum(photograph => photograph.ClassifiedInTime);
        return new TimingReport(
            photographs.Average(photograph => photograph.Times.Decode),
            photographs.Average(photograph => photograph.Times.Detect),
            classified == 0 ? 0 : photographs.Sum(photograph => photograph.Times.Classify) / classified,
            photographs.Average(photograph => photograph.Times.Total));
    }
}
