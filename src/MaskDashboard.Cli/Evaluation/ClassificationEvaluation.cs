using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Metrics;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Compares the classifier's outputs on annotated boxes with their labels.</summary>
public static class ClassificationEvaluation
{
    private const float KeepProbability = 0.5f;
    private const float MinReadableSidePixels = 12;
    private const double MinColourSaturation = 0.1;

    /// <summary>Computes the classifier's figures.</summary>
    /// <param name="photographs">What was measured.</param>
    /// <param name="settings">The thresholds behind <c>uncertain</c>.</param>
    public static GroundTruthReport Of(IReadOnlyList<PhotographFacts> photographs, AnalysisSettings settings)
    {
        var faces = Faces(photographs);
        var readable = faces.Where(face => face.Truth.LongerSide >= MinReadableSidePixels).ToList();
        var confusion = Confusion(faces);
        return new GroundTruthReport
        {
            Accuracy = confusion.Accuracy.Value,
            AccuracyInterval = DetectionEvaluation.ToArray(confusion.Accuracy.Interval),
            BalancedAccuracy = confusion.BalancedAccuracy,
            BalancedAccuracyMin12Px = Confusion(readable).BalancedAccuracy,
            AccuracyMin12Px = Right(readable),
            Confusion = ConfusionReport.Of(confusion),
            ByLabel = ByLabel(faces),
            ByLabelMin12Px = ByLabel(readable),
            BySize = SizeBin.All.ToDictionary(bin => bin.Name, bin => Right(faces.Where(face => bin.Contains(face.Truth.Box)))),
            ByBlur = ByThirdsOfSharpness(faces),
            ByColour = new Dictionary<string, Share>
            {
                ["grey"] = Right(faces.Where(face => face.Quality.Saturation < MinColourSaturation)),
                ["colour"] = Right(faces.Where(face => face.Quality.Saturation >= MinColourSaturation)),
            },
            FacesKept = Share.Of(Proportion.Of(faces, face => IsKept(face.Outputs))),
            Uncertain = Share.Of(Proportion.Of(faces, face => Judgement.Label(face.Outputs, settings) == MaskLabel.Uncertain)),
        };
    }

    /// <summary>Calibration on the annotated boxes.</summary>
    public static CalibrationReport Calibration(IReadOnlyList<PhotographFacts> photographs)
    {
        var faces = Faces(photographs);
        return new CalibrationReport(
            CalibrationError.Expected([.. faces.Select(face => (CalibrationError.DecisionConfidence(face.Outputs), face.IsRight))]),
            CalibrationError.Expected([.. faces.Select(face => ((double)Math.Max(face.Outputs.Mask, face.Outputs.NoMask), face.IsRight))]));
    }

    /// <summary>Crops without a face that the classifier turns down.</summary>
    public static Proportion BackgroundRejected(IReadOnlyList<PhotographFacts> photographs) =>
        Proportion.Of(photographs.SelectMany(photograph => photograph.BackgroundProbabilities), outputs => !IsKept(outputs));

    private static bool IsKept(MaskProbabilities outputs) => Math.Max(outputs.Mask, outputs.NoMask) >= KeepProbability;

    private static List<Face> Faces(IReadOnlyList<PhotographFacts> photographs) =>
    [
        .. photographs.SelectMany(photograph => photograph.Truth.Select(
            (truth, index) => new Face(truth, photograph.TruthProbabilities[index], photograph.TruthQuality[index]))),
    ];

    private static MaskConfusion Confusion(IEnumerable<Face> faces) => MaskConfusion.Of(faces.Select(face => (face.Truth.IsMask, face.PredictedMask)));

    private static Share Right(IEnumerable<Face> faces) => Share.Of(Proportion.Of(faces, face => face.IsRight));

    private static Dictionary<string, ClassRecall> ByLabel(List<Face> faces) =>
        PascalVocFile.Labels.ToDictionary(label => label.Key, label => Recall(faces.Where(face => face.Truth.Kind == label.Value)));

    private static ClassRecall Recall(IEnumerable<Face> faces)
    {
        var right = Right(faces);
        return new ClassRecall(right.Count, right.Value, right.Interval);
    }

    private static Dictionary<string, Share> ByThirdsOfSharpness(List<Face> faces)
    {
        var sorted = faces.OrderBy(face => face.Quality.Sharpness).ToList();
        var (first, second) = (sorted.Count / 3, sorted.Count * 2 / 3);
        return new Dictionary<string, Share>
        {
            ["blurred"] = Right(sorted[..first]),
            ["middle"] = Right(sorted[first..second]),
            ["sharp"] = Right(sorted[second..]),
        };
    }

    private sealed record Face(AnnotatedFace Truth, MaskProbabilities Outputs, FaceQuality Quality)
    {
        public bool PredictedMask => DetectionEvaluation.IsMask(Outputs);

        public bool IsRight => PredictedMask == Truth.IsMask;
    }
}
