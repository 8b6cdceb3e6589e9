using MaskDashboard.Cli.Metrics;
using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>A share as the JSON shows it.</summary>
/// <param name="Count">Of how many.</param>
/// <param name="Value">The share, 0 to 1; null of none.</param>
/// <param name="Interval">95 % confidence interval (Wilson); null of none.</param>
public sealed record Share(int Count, double? Value, double[]? Interval)
{
    /// <summary>The share of a proportion.</summary>
    public static Share Of(Proportion proportion) => new(
        proportion.Total, proportion.Value, proportion.Interval is var (low, high) ? [low, high] : null);
}

/// <summary>Confusion counts as the JSON shows them: true class, then predicted class.</summary>
public sealed record ConfusionReport(ConfusionRow Mask, ConfusionRow NoMask)
{
    /// <summary>From counts.</summary>
    public static ConfusionReport Of(MaskConfusion confusion) => new(
        new(confusion.MaskAsMask, confusion.MaskAsNoMask), new(confusion.NoMaskAsMask, confusion.NoMaskAsNoMask));
}

/// <summary>How faces of one true class were called.</summary>
public sealed record ConfusionRow(int Mask, int NoMask);

/// <summary>Recall of one label.</summary>
public sealed record ClassRecall(int Faces, double? Recall, double[]? Interval);

/// <summary>Detection of faces of one size; null where there is no such face.</summary>
public sealed record SizeReport(int Faces, double? Ap50, double? Recall, double[]? Interval);

/// <summary>The detector ranked by its own score, without the classifier's opinion.</summary>
/// <param name="Ap50">Average precision.</param>
/// <param name="RecallAtPrecision90">Highest recall at a precision of at least 0.90.</param>
/// <param name="RecallAtPrecision93">Highest recall at a precision of at least 0.93.</param>
public sealed record OwnScoreReport(double Ap50, double RecallAtPrecision90, double RecallAtPrecision93);

/// <summary>
/// Which faces are found, IoU 0.5, whatever their class. A detection's score is its <see cref="MaskDashboard.Vision.FaceConfidence"/>:
/// what the thresholds of the program are compared with.
/// </summary>
public sealed record DetectionReport
{
    /// <summary>Average precision over all points, of every detection whose own score is above <see cref="ScoreFloor"/>.</summary>
    public required double Ap50 { get; init; }

    /// <summary>The detector's own score from which detections enter the precision-recall curve.</summary>
    public required double ScoreFloor { get; init; }

    /// <summary>95 % interval of <see cref="Ap50"/> over resampled photographs.</summary>
    public required double[]? Ap50Interval { get; init; }

    /// <summary>Score from which a detection counts for precision and recall.</summary>
    public required double ScoreThreshold { get; init; }

    /// <summary>True detections / detections, at the threshold.</summary>
    public required double? Precision { get; init; }

    /// <summary>95 % interval of <see cref="Precision"/>.</summary>
    public required double[]? PrecisionInterval { get; init; }

    /// <summary>True detections / faces, at the threshold.</summary>
    public required double? Recall { get; init; }

    /// <summary>95 % interval of <see cref="Recall"/>.</summary>
    public required double[]? RecallInterval { get; init; }

    /// <summary>Highest recall at a precision of at least 0.90.</summary>
    public required double RecallAtPrecision90 { get; init; }

    /// <summary>Highest recall at a precision of at least 0.93.</summary>
    public required double RecallAtPrecision93 { get; init; }

    /// <summary>The score threshold with <see cref="RecallAtPrecision93"/>.</summary>
    public required double? ScoreAtPrecision93 { get; init; }

    /// <summary>The same without the classifier.</summary>
    public required OwnScoreReport OwnScore { get; init; }

    /// <summary>The precision-recall curve, a point for every half per cent of recall.</summary>
    public required IReadOnlyList<OperatingPoint> Curve { get; init; }

    /// <summary>Recall at the threshold by label of the annotation.</summary>
    public required IReadOnlyDictionary<string, ClassRecall> ByClass { get; init; }

    /// <summary>By longer side of the face, pixels.</summary>
    public required IReadOnlyDictionary<string, SizeReport> BySize { get; init; }
}

/// <summary>The classifier on annotated boxes. A prediction is the stronger of the two outputs.</summary>
public sealed record GroundTruthReport
{
    /// <summary>Right among all faces.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>95 % interval of <see cref="Accuracy"/>.</summary>
    public required double[]? AccuracyInterval { get; init; }

    /// <summary>Mean of the recalls of mask and no mask.</summary>
    public required double? BalancedAccuracy { get; init; }

    /// <summary>The same over faces whose longer side is at least 12 px.</summary>
    public required double? BalancedAccuracyMin12Px { get; init; }

    /// <summary>Accuracy over faces whose longer side is at least 12 px.</summary>
    public required Share AccuracyMin12Px { get; init; }

    /// <summary>True against predicted class.</summary>
    public required ConfusionReport Confusion { get; init; }

    /// <summary>Right by label of the annotation, over all faces.</summary>
    public required IReadOnlyDictionary<string, ClassRecall> ByLabel { get; init; }

    /// <summary>Right by label of the annotation, over faces whose longer side is at least 12 px.</summary>
    public required IReadOnlyDictionary<string, ClassRecall> ByLabelMin12Px { get; init; }

    /// <summary>Right by longer side of the face.</summary>
    public required IReadOnlyDictionary<string, Share> BySize { get; init; }

    /// <summary>Right by thirds of sharpness: blurred, middle, sharp.</summary>
    public required IReadOnlyDictionary<string, Share> ByBlur { get; init; }

    /// <summary>Right on faces without colour (mean saturation under 0.1) and with.</summary>
    public required IReadOnlyDictionary<string, Share> ByColour { get; init; }

    /// <summary>Faces with an output of at least 0.5.</summary>
    public required Share FacesKept { get; init; }

    /// <summary>Faces that the settings call uncertain.</summary>
    public required Share Uncertain { get; init; }
}

/// <summary>The classifier on detections that found a face.</summary>
public sealed record MatchedReport(int Faces, double? Accuracy, double[]? AccuracyInterval, double? BalancedAccuracy, ConfusionReport Confusion);

/// <summary>
/// Detector and classifier together, IoU 0.5. As in the evaluation of detectors of several classes, a detection stands in the curves of both classes,
/// with the score detection score x output of the class; it is true if it finds a face of that class.
/// </summary>
/// <param name="Map50">Mean of both average precisions.</param>
/// <param name="Map50Interval">Its 95 % confidence interval.</param>
/// <param name="ApMask">Average precision of the class mask.</param>
/// <param name="ApNoMask">Average precision of the class no mask.</param>
/// <param name="Map50OneClass">The mean when a detection stands in the curve of its stronger output only: a wrong label then counts as a face never found.</param>
public sealed record EndToEndReport(double Map50, double[]? Map50Interval, double ApMask, double ApNoMask, double Map50OneClass);

/// <summary>How far the classifier's probabilities can be believed, on annotated boxes.</summary>
/// <param name="Ece">Expected calibration error of the decision between mask and no mask, 15 bins: confidence is the stronger output as a share of both.</param>
/// <param name="EceStrongerOutput">The same with the stronger output itself as confidence, which also counts a refused face (both outputs low) as doubt.</param>
public sealed record CalibrationReport(double? Ece, double? EceStrongerOutput);

/// <summary>Mean milliseconds: per photograph, except <paramref name="ClassifyPerFace"/>; <paramref name="Total"/> is all stages of a photograph.</summary>
public sealed record TimingReport(double Decode, double Detect, double ClassifyPerFace, double Total);

/// <summary>What <c>evaluate</c> prints.</summary>
public sealed record EvaluationReport
{
    /// <summary>Photographs evaluated.</summary>
    public required int Images { get; init; }

    /// <summary>Annotated faces in them.</summary>
    public required int Faces { get; init; }

    /// <summary>Detector and classifier files with short hashes.</summary>
    public required string Models { get; init; }

    /// <summary>The detector alone.</summary>
    public required DetectionReport Detection { get; init; }

    /// <summary>The classifier on annotated boxes.</summary>
    public required GroundTruthReport GroundTruthBoxes { get; init; }

    /// <summary>The classifier on detections.</summary>
    public required MatchedReport Matched { get; init; }

    /// <summary>Both together.</summary>
    public required EndToEndReport EndToEnd { get; init; }

    /// <summary>Share of crops without a face on which both outputs are under 0.5.</summary>
    public required double? BackgroundRejected { get; init; }

    /// <summary>The same with its count and interval.</summary>
    public required Share Background { get; init; }

    /// <summary>Calibration.</summary>
    public required CalibrationReport Calibration { get; init; }

    /// <summary>Speed.</summary>
    public required TimingReport Timing { get; init; }
}
