using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Commands;

/// <summary>A face as <c>analyze --json</c> shows it; boxes in pixels of the oriented image. Score is what <c>--score</c> is compared with, see <see cref="FaceConfidence"/>.</summary>
internal sealed record AnalyzedFace(
    float X,
    float Y,
    float Width,
    float Height,
    float Score,
    float DetectorScore,
    string Label,
    float MaskProbability,
    float NoMaskProbability,
    bool TooClose,
    double? NearestPixelsTopLeft,
    double? NearestPixelsCentre,
    double? NearestMetres);

/// <summary>A photograph as <c>analyze --json</c> shows it.</summary>
internal sealed record AnalyzeReport
{
    public required string File { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string Detector { get; init; }

    /// <summary>The faces that count under the thresholds, strongest first.</summary>
    public required IReadOnlyList<AnalyzedFace> Faces { get; init; }

    /// <summary>Mask / (mask + no mask), 0 to 1; null when no face is decided.</summary>
    public required double? Compliance { get; init; }

    public required int Mask { get; init; }

    public required int NoMask { get; init; }

    public required int Uncertain { get; init; }

    public required int TooClose { get; init; }

    /// <summary>The rule that decided <see cref="TooClose"/>, for instance <c>PixelsTopLeft</c>.</summary>
    public required string DistanceRule { get; init; }

    /// <summary>MIN_DISTANCE in the rule's unit.</summary>
    public required double MinDistance { get; init; }

    public static AnalyzeReport Of(string file, FrameAnalysis analysis) => new()
    {
        File = file,
        Width = analysis.Measurement.Width,
        Height = analysis.Measurement.Height,
        Detector = VisionArguments.NameOf(analysis.Measurement.Detector),
        Faces = [.. analysis.CountedFaces.Select(FaceOf)],
        Compliance = analysis.Figures.Compliance,
        Mask = analysis.Figures.Mask,
        NoMask = analysis.Figures.NoMask,
        Uncertain = analysis.Figures.Uncertain,
        TooClose = analysis.Figures.TooClose,
        DistanceRule = analysis.Settings.DistanceRule.ToString(),
        MinDistance = analysis.Settings.MinDistance,
    };

    /// <summary>A label in words.</summary>
    public static string NameOf(MaskLabel label) => label switch { MaskLabel.Mask => "Mask", MaskLabel.NoMask => "No mask", _ => "Uncertain" };

    private static AnalyzedFace FaceOf(FaceResult face) => new(
        face.Box.X,
        face.Box.Y,
        face.Box.Width,
        face.Box.Height,
        face.Confidence,
        face.Score,
        NameOf(face.Label),
        face.Probabilities.Mask,
        face.Probabilities.NoMask,
        face.TooClose,
        face.NearestPixelsTopLeft,
        face.NearestPixelsCentre,
        face.NearestMetres);
}
