using MaskDashboard.Vision;

namespace MaskDashboard.Storage;

/// <summary>Who found a face.</summary>
public enum FaceOrigin
{
    /// <summary>The detector.</summary>
    Detector = 0,

    /// <summary>A reviewer drew it; the classifier then measured it.</summary>
    Reviewer = 1,
}

/// <summary>What a reviewer says of a face.</summary>
public enum ReviewedLabel
{
    /// <summary>It wears a mask.</summary>
    Mask = 0,

    /// <summary>It wears none, or wears it incorrectly.</summary>
    NoMask = 1,

    /// <summary>It is not a face.</summary>
    NotAFace = 3,
}

/// <summary>
/// A candidate face: what was measured (box, score, probabilities), what the settings made of it (counted, label, distances),
/// and what a reviewer says. The three never overwrite one another.
/// </summary>
public sealed class Face
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>The analysis.</summary>
    public long AnalysisId { get; set; }

    /// <summary>Position among the analysis' faces, from 0, strongest first.</summary>
    public int Index { get; set; }

    /// <summary>Who found it.</summary>
    public FaceOrigin Origin { get; set; }

    /// <summary>Left edge, pixels of the oriented image.</summary>
    public float X { get; set; }

    /// <summary>Top edge, pixels.</summary>
    public float Y { get; set; }

    /// <summary>Width, pixels.</summary>
    public float Width { get; set; }

    /// <summary>Height, pixels.</summary>
    public float Height { get; set; }

    /// <summary>The detector's score, 0 to 1; 1 for Haar and for drawn faces.</summary>
    public float Score { get; set; }

    /// <summary>The classifier's mask output, 0 to 1.</summary>
    public float MaskProbability { get; set; }

    /// <summary>The classifier's no-mask output, 0 to 1.</summary>
    public float NoMaskProbability { get; set; }

    /// <summary>Whether it passes the score and size thresholds; the program's answer, before review: false for a face that only a reviewer found.</summary>
    public bool Counted { get; set; }

    /// <summary>The program's label under the settings.</summary>
    public MaskLabel Label { get; set; }

    /// <summary>What the last standing correction says; null without one. Corrections themselves are rows of <see cref="FaceCorrection"/>.</summary>
    public ReviewedLabel? Reviewed { get; set; }

    /// <summary>Whether it enters the figures: counted by the program or confirmed by a reviewer, and not marked as no face.</summary>
    public bool EffectiveCounted { get; set; }

    /// <summary>The label that figures use: the reviewer's if there is one, else the program's.</summary>
    public MaskLabel EffectiveLabel { get; set; }

    /// <summary>Whether another effectively counted face is nearer than MIN_DISTANCE.</summary>
    public bool TooClose { get; set; }

    /// <summary>To the nearest counted face between top-left corners, pixels; null with fewer than two.</summary>
    public double? NearestPixelsTopLeft { get; set; }

    /// <summary>To the nearest counted face between centres, pixels; null with fewer than two.</summary>
    public double? NearestPixelsCentre { get; set; }

    /// <summary>To the nearest counted face, estimated metres; null with fewer than two.</summary>
    public double? NearestMetres { get; set; }

    /// <summary>The box.</summary>
    public BoundingBox Box => new(X, Y, Width, Height);
}

/// <summary>
/// A reviewer's statement about a face; never changed, only undone. Statements of one person about one analysis at the same moment are one step: made together, undone together.
/// </summary>
public sealed class FaceCorrection
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>The face.</summary>
    public long FaceId { get; set; }

    /// <summary>The face.</summary>
    public Face? Face { get; set; }

    /// <summary>What the reviewer says; null to leave the label to the program: withdraws an earlier statement, or is the drawing of a missed face.</summary>
    public ReviewedLabel? Label { get; set; }

    /// <summary>Key of the reviewer's account; null in a run without accounts.</summary>
    public string? ById { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>When it was undone, UTC; null while it stands.</summary>
    public DateTime? UndoneAtUtc { get; set; }
}

/// <summary>The distance between two counted faces of an analysis.</summary>
public sealed class FacePairDistance
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>The analysis.</summary>
    public long AnalysisId { get; set; }

    /// <summary><see cref="Face.Index"/> of one face, the smaller.</summary>
    public int FirstIndex { get; set; }

    /// <summary><see cref="Face.Index"/> of the other.</summary>
    public int SecondIndex { get; set; }

    /// <summary>Between top-left corners, pixels.</summary>
    public double PixelsTopLeft { get; set; }

    /// <summary>Between centres, pixels.</summary>
    public double PixelsCentre { get; set; }

    /// <summary>Estimated, metres.</summary>
    public double Metres { get; set; }

    /// <summary>Whether the pair is nearer than MIN_DISTANCE under the rule in force.</summary>
    public bool TooClose { get; set; }
}

/// <summary>The annotated picture of an analysis, 320 pixels at most on its longer side; a table of its own keeps lists light.</summary>
public sealed class Thumbnail
{
    /// <summary>The analysis; also the primary key.</summary>
    public long AnalysisId { get; set; }

    /// <summary>Encoded picture.</summary>
    public required byte[] Bytes { get; set; }

    /// <summary>Media type of <see cref="Bytes"/>.</summary>
    public required string ContentType { get; set; }

    /// <summary>Whether the picture shows an older judgement than what is stored; it is drawn anew when somebody looks at it.</summary>
    public bool IsStale { get; set; }
}
