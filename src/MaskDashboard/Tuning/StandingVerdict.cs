using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tuning;

/// <summary>What reviewers decided of a face; it stands whatever the settings are. Null where they leave it to the program.</summary>
/// <param name="Counted">Whether it counts.</param>
/// <param name="Label">Its label.</param>
public readonly record struct StandingVerdict(bool? Counted, MaskLabel? Label)
{
    /// <summary>What reviewers decided of a stored face.</summary>
    /// <param name="face">The face.</param>
    public static StandingVerdict Of(Face face) => Of(face.Reviewed, face.Origin, face.EffectiveCounted);

    /// <summary>What reviewers decided of a stored face.</summary>
    /// <param name="reviewed">What the last standing statement says.</param>
    /// <param name="origin">Who found it.</param>
    /// <param name="effectiveCounted">Whether it enters the figures.</param>
    public static StandingVerdict Of(ReviewedLabel? reviewed, FaceOrigin origin, bool effectiveCounted) => reviewed switch
    {
        ReviewedLabel.Mask => new(true, MaskLabel.Mask),
        ReviewedLabel.NoMask => new(true, MaskLabel.NoMask),
        ReviewedLabel.NotAFace => new(false, null),
        // A face that only a reviewer found counts while its drawing stands.
        _ => origin == FaceOrigin.Reviewer ? new(effectiveCounted, null) : default,
    };

    /// <summary>What is decided of the face under settings.</summary>
    /// <param name="candidate">What was measured.</param>
    /// <param name="detector">The engine that found it.</param>
    /// <param name="settings">Thresholds.</param>
    public FaceVerdict Under(FaceCandidate candidate, DetectorKind detector, AnalysisSettings settings) => new(
        Counted ?? Judgement.Counts(candidate, detector, settings), Label ?? Judgement.Label(candidate.Probabilities, settings));
}
