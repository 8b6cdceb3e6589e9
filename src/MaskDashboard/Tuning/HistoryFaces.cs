using MaskDashboard.Vision;

namespace MaskDashboard.Tuning;

/// <summary>A stored candidate, as much of it as judging it again takes: 60 bytes.</summary>
public readonly struct HistoryFace
{
    private readonly byte _standing;
    private readonly byte _stored;

    /// <summary>Keeps a stored candidate.</summary>
    /// <param name="box">Where, pixels of the oriented photograph.</param>
    /// <param name="score">The detector's confidence.</param>
    /// <param name="probabilities">The classifier's outputs.</param>
    /// <param name="standing">What reviewers decided.</param>
    /// <param name="counted">Whether it enters the stored figures.</param>
    /// <param name="label">The label that the stored figures use.</param>
    /// <param name="tooClose">Whether it is stored as too close.</param>
    /// <param name="nearest">To the nearest counted face by each rule; NaN for none.</param>
    /// <param name="isDrawn">Whether a reviewer found it.</param>
    public HistoryFace(
        BoundingBox box,
        float score,
        MaskProbabilities probabilities,
        StandingVerdict standing,
        bool counted,
        MaskLabel label,
        bool tooClose,
        (double PixelsTopLeft, double PixelsCentre, double Metres) nearest,
        bool isDrawn = false)
    {
        (Box, Score, Probabilities, Confidence) = (box, score, probabilities, FaceConfidence.Of(score, probabilities));
        (NearestPixelsTopLeft, NearestPixelsCentre, NearestMetres) = nearest;
        _standing = (byte)((standing.Counted switch { true => 1, false => 2, null => 0 }) | (standing.Label is { } said ? 4 * ((int)said + 1) : 0));
        _stored = (byte)((counted ? 1 : 0) | (tooClose ? 2 : 0) | (4 * (int)label) | (isDrawn ? 64 : 0));
    }

    /// <summary>Where, pixels of the oriented photograph.</summary>
    public BoundingBox Box { get; }

    /// <summary>The detector's confidence, 0 to 1.</summary>
    public float Score { get; }

    /// <summary>How sure both networks together are that it is a face, 0 to 1: what the threshold is compared with.</summary>
    public float Confidence { get; }

    /// <summary>The classifier's outputs.</summary>
    public MaskProbabilities Probabilities { get; }

    /// <summary>To the nearest counted face between top-left corners, pixels; NaN for none.</summary>
    public double NearestPixelsTopLeft { get; }

    /// <summary>To the nearest counted face between centres, pixels; NaN for none.</summary>
    public double NearestPixelsCentre { get; }

    /// <summary>To the nearest counted face, estimated metres; NaN for none.</summary>
    public double NearestMetres { get; }

    /// <summary>Whether it enters the stored figures.</summary>
    public bool Counted => (_stored & 1) != 0;

    /// <summary>Whether it is stored as too close.</summary>
    public bool TooClose => (_stored & 2) != 0;

    /// <summary>The label that the stored figures use.</summary>
    public MaskLabel Label => (MaskLabel)((_stored >> 2) & 3);

    /// <summary>Whether a reviewer found it.</summary>
    public bool IsDrawn => (_stored & 64) != 0;

    /// <summary>What reviewers decided.</summary>
    public StandingVerdict Standing => new(
        (_standing & 3) switch { 1 => true, 2 => false, _ => null }, _standing >> 2 is var said and > 0 ? (MaskLabel)(said - 1) : null);

    /// <summary>To the nearest counted face by a rule, in that rule's unit; NaN for none.</summary>
    /// <param name="rule">The rule.</param>
    public double Nearest(DistanceRule rule) => rule switch
    {
        DistanceRule.PixelsTopLeft => NearestPixelsTopLeft,
        DistanceRule.PixelsCentre => NearestPixelsCentre,
        _ => NearestMetres,
    };
}

/// <summary>An image with a finished current result, as much of it as judging it again takes. Immutable.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CapturedAtUtc">When it was taken, UTC.</param>
/// <param name="SiteId">Its site; null for none.</param>
/// <param name="Detector">The engine of the result.</param>
/// <param name="VersionId">The settings version of the result.</param>
/// <param name="Review">Whether a person reviewed it.</param>
/// <param name="Width">Width, pixels.</param>
/// <param name="Height">Height, pixels.</param>
/// <param name="ExifFocalLengthPixels">Focal length of its own, pixels; null for none.</param>
/// <param name="FocalLengthPixels">Focal length behind the stored distances in metres, pixels.</param>
/// <param name="Faces">Every candidate, those that reviewers drew included.</param>
public sealed record HistoryImage(
    long ImageId,
    DateTime CapturedAtUtc,
    long? SiteId,
    DetectorKind Detector,
    long VersionId,
    HistoryReview Review,
    int Width,
    int Height,
    double? ExifFocalLengthPixels,
    double FocalLengthPixels,
    HistoryFace[] Faces);

/// <summary>Whether a person reviewed an image.</summary>
public enum HistoryReview : byte
{
    /// <summary>Nobody did.</summary>
    None = 0,

    /// <summary>Somebody looked at it.</summary>
    Seen = 1,

    /// <summary>It was marked together with others, without being looked at.</summary>
    Unseen = 2,
}
