using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Metrics;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Compares detections with annotated boxes.</summary>
public static class DetectionEvaluation
{
    private const double CurveStep = 0.005;

    /// <summary>Computes the detector's figures.</summary>
    /// <param name="photographs">What was measured.</param>
    /// <param name="countsAsFace">Whether a detection passes the thresholds in force.</param>
    /// <param name="scoreThreshold">The score threshold in force, for the report.</param>
    public static DetectionReport Of(IReadOnlyList<PhotographFacts> photographs, Func<FaceCandidate, bool> countsAsFace, double scoreThreshold)
    {
        var curve = Curve(photographs);
        var ownScore = Curve(photographs, candidate => candidate.Detection.Score);
        var counted = photographs.Select(photograph => Outcome(photograph, countsAsFace)).ToList();
        var found = counted.SelectMany(outcome => outcome.Faces).ToList();
        var precision = Proportion.Of(counted.SelectMany(outcome => outcome.Matches), match => match.Truth is not null);
        var recall = Proportion.Of(found, face => face.IsFound);
        return new DetectionReport
        {
            Ap50 = curve.AveragePrecision,
            Ap50Interval = ToArray(Bootstrap.Interval(photographs, drawn => Curve(drawn).AveragePrecision)),
            ScoreFloor = PhotographMeasurement.ScoreFloor,
            ScoreThreshold = scoreThreshold,
            Precision = precision.Value,
            PrecisionInterval = ToArray(precision.Interval),
            Recall = recall.Value,
            RecallInterval = ToArray(recall.Interval),
            RecallAtPrecision90 = curve.RecallAtPrecision(0.90),
            RecallAtPrecision93 = curve.RecallAtPrecision(0.93),
            ScoreAtPrecision93 = curve.ScoreAtPrecision(0.93),
            OwnScore = new OwnScoreReport(ownScore.AveragePrecision, ownScore.RecallAtPrecision(0.90), ownScore.RecallAtPrecision(0.93)),
            Curve = curve.Thinned(CurveStep),
            ByClass = PascalVocFile.Labels.ToDictionary(label => label.Key, label => Recall(found.Where(face => face.Face.Kind == label.Value))),
            BySize = SizeBin.All.ToDictionary(bin => bin.Name, bin => BySize(photographs, found, bin)),
        };
    }

    /// <summary>The classifier on those detections in force that found a face.</summary>
    public static MatchedReport Matched(IReadOnlyList<PhotographFacts> photographs, Func<FaceCandidate, bool> countsAsFace)
    {
        var confusion = MaskConfusion.Of(
            from photograph in photographs
            let outcome = Outcome(photograph, countsAsFace)
            from match in outcome.Matches
            where match.Truth is not null
            let truth = photograph.Truth[match.Truth!.Value]
            select (truth.IsMask, IsMask(outcome.Candidates[match.Detection].Probabilities)));
        return new MatchedReport(
            confusion.Accuracy.Total, confusion.Accuracy.Value, ToArray(confusion.Accuracy.Interval), confusion.BalancedAccuracy, ConfusionReport.Of(confusion));
    }

    /// <summary>Detector and classifier together.</summary>
    public static EndToEndReport EndToEnd(IReadOnlyList<PhotographFacts> photographs)
    {
        static double Mean(IReadOnlyList<PhotographFacts> drawn, bool bothClasses) =>
            (ClassCurve(drawn, isMask: true, bothClasses).AveragePrecision + ClassCurve(drawn, isMask: false, bothClasses).AveragePrecision) / 2;
        return new EndToEndReport(
            Mean(photographs, bothClasses: true),
            ToArray(Bootstrap.Interval(photographs, drawn => Mean(drawn, bothClasses: true))),
            ClassCurve(photographs, isMask: true, bothClasses: true).AveragePrecision,
            ClassCurve(photographs, isMask: false, bothClasses: true).AveragePrecision,
            Mean(photographs, bothClasses: false));
    }

    /// <summary>The class of a face: the stronger output.</summary>
    internal static bool IsMask(MaskProbabilities probabilities) => probabilities.Mask >= probabilities.NoMask;

    internal static double[]? ToArray((double Low, double High)? interval) => interval is var (low, high) ? [low, high] : null;

    private static PrecisionRecallCurve Curve(IReadOnlyList<PhotographFacts> photographs) => Curve(photographs, candidate => candidate.Confidence);

    private static PrecisionRecallCurve Curve(IReadOnlyList<PhotographFacts> photographs, Func<FaceCandidate, float> score) => PrecisionRecallCurve.From(
        from photograph in photographs
        let ranked = photograph.Candidates.OrderByDescending(score).ToList()
        from match in BoxMatching.Match(Boxes(photograph.Truth), Boxes(ranked))
        select new ScoredDetection(score(ranked[match.Detection]), match.Truth is not null),
        photographs.Sum(photograph => photograph.Truth.Count));

    private static PrecisionRecallCurve ClassCurve(IReadOnlyList<PhotographFacts> photographs, bool isMask, bool bothClasses)
    {
        double Score(FaceCandidate candidate) => (double)candidate.Detection.Score * (isMask ? candidate.Probabilities.Mask : candidate.Probabilities.NoMask);
        var detections = new List<ScoredDetection>();
        var faces = 0;
        foreach (var photograph in photographs)
        {
            var truth = photograph.Truth.Where(face => face.IsMask == isMask).ToList();
            var candidates = photograph.Candidates.Where(candidate => bothClasses || IsMask(candidate.Probabilities) == isMask).OrderByDescending(Score).ToList();
            faces += truth.Count;
            detections.AddRange(BoxMatching.Match(Boxes(truth), Boxes(candidates)).Select(match => new ScoredDetection(Score(candidates[match.Detection]), match.Truth is not null)));
        }

        return PrecisionRecallCurve.From(detections, faces);
    }

    // As in COCO: what belongs to another size, a face or a false detection, is left out rather than counted wrong.
    private static SizeReport BySize(IReadOnlyList<PhotographFacts> photographs, List<(AnnotatedFace Face, bool IsFound)> found, SizeBin bin)
    {
        var detections =
            from photograph in photographs
            let ranked = Ranked(photograph.Candidates)
            from match in BoxMatching.Match(Boxes(photograph.Truth), Boxes(ranked))
            let candidate = ranked[match.Detection]
            where bin.Contains(match.Truth is { } truth ? photograph.Truth[truth].Box : candidate.Detection.Box)
            select new ScoredDetection(candidate.Confidence, match.Truth is not null);
        var recall = Recall(found.Where(face => bin.Contains(face.Face.Box)));
        double? averagePrecision = recall.Faces > 0 ? PrecisionRecallCurve.From(detections, recall.Faces).AveragePrecision : null;
        return new SizeReport(recall.Faces, averagePrecision, recall.Recall, recall.Interval);
    }

    private static (List<FaceCandidate> Candidates, IReadOnlyList<BoxMatch> Matches, IEnumerable<(AnnotatedFace Face, bool IsFound)> Faces) Outcome(
        PhotographFacts photograph, Func<FaceCandidate, bool> countsAsFace)
    {
        var candidates = Ranked(photograph.Candidates.Where(countsAsFace));
        var matches = BoxMatching.Match(Boxes(photograph.Truth), Boxes(candidates));
        var found = matches.Where(match => match.Truth is not null).Select(match => match.Truth!.Value).ToHashSet();
        return (candidates, matches, photograph.Truth.Select((face, index) => (face, found.Contains(index))));
    }

    // Stable, so that candidates of equal confidence stay in the detector's order.
    private static List<FaceCandidate> Ranked(IEnumerable<FaceCandidate> candidates) => [.. candidates.OrderByDescending(candidate => candidate.Confidence)];

    private static ClassRecall Recall(IEnumerable<(AnnotatedFace Face, bool IsFound)> faces)
    {
        var recall = Proportion.Of(faces, face => face.IsFound);
        return new ClassRecall(recall.Total, recall.Value, ToArray(recall.Interval));
    }

    private static BoundingBox[] Boxes(IReadOnlyList<AnnotatedFace> faces) => [.. faces.Select(face => face.Box)];

    private static BoundingBox[] Boxes(IReadOnlyList<FaceCandidate> candidates) => [.. candidates.Select(candidate => candidate.Detection.Box)];
}
