using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>How good the pixels of a face are.</summary>
/// <param name="Sharpness">Variance of the Laplacian of the grey face at 64 x 64 pixels; more is sharper.</param>
/// <param name="Saturation">Mean saturation, 0 (grey) to 1.</param>
public readonly record struct FaceQuality(double Sharpness, double Saturation);

/// <summary>All that is measured on one annotated photograph; the report is computed from these alone.</summary>
public sealed record PhotographFacts
{
    /// <summary>The annotated faces.</summary>
    public required IReadOnlyList<AnnotatedFace> Truth { get; init; }

    /// <summary>The classifier's outputs on the annotated boxes, in their order.</summary>
    public required IReadOnlyList<MaskProbabilities> TruthProbabilities { get; init; }

    /// <summary>The quality of the annotated faces, in their order.</summary>
    public required IReadOnlyList<FaceQuality> TruthQuality { get; init; }

    /// <summary>Every detection above the score floor with the classifier's outputs, strongest first.</summary>
    public required IReadOnlyList<FaceCandidate> Candidates { get; init; }

    /// <summary>The classifier's outputs on crops without a face.</summary>
    public required IReadOnlyList<MaskProbabilities> BackgroundProbabilities { get; init; }

    /// <summary>How many candidates the time of classification is for.</summary>
    public required int ClassifiedInTime { get; init; }

    /// <summary>How long the stages took.</summary>
    public required StageTimes Times { get; init; }
}
