using MaskDashboard.Vision;

namespace MaskDashboard.Storage;

/// <summary>Where an analysis stands.</summary>
public enum AnalysisState
{
    /// <summary>Committed and waiting for a worker.</summary>
    Queued = 0,

    /// <summary>A worker has it. After a killed process the next start puts it back to <see cref="Queued"/>.</summary>
    Running = 1,

    /// <summary>Finished; its figures are stored.</summary>
    Done = 2,

    /// <summary>Finished without a result; <see cref="ImageAnalysis.FailureReason"/> says why in words.</summary>
    Failed = 3,

    /// <summary>Taken out of the queue by a person before it ran.</summary>
    Cancelled = 4,
}

/// <summary>
/// One analysis of one image by one detector under one settings version and one set of models; that combination is unique.
/// The figures are those of the effective labels: where a person corrected a face, theirs.
/// </summary>
public sealed class ImageAnalysis
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>The image.</summary>
    public long ImageId { get; set; }

    /// <summary>The image.</summary>
    public StoredImage? Image { get; set; }

    /// <summary>The settings version that judged the result.</summary>
    public long SettingsVersionId { get; set; }

    /// <summary>The settings version that judged the result.</summary>
    public SettingsVersion? SettingsVersion { get; set; }

    /// <summary>The engine that found the faces: the settings' or the uploader's choice.</summary>
    public DetectorKind Detector { get; set; }

    /// <summary>Names the model files that made the result; empty until it ran.</summary>
    public string ModelVersion { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public AnalysisState State { get; set; }

    /// <summary>Whether this is the analysis that lists and figures show for its image: exactly one of each image is.</summary>
    public bool IsCurrent { get; set; }

    /// <summary>How often a worker has started it.</summary>
    public int Attempts { get; set; }

    /// <summary>Why it failed, one sentence a user can act on; null unless <see cref="AnalysisState.Failed"/>.</summary>
    public string? FailureReason { get; set; }

    /// <summary>When it was queued, UTC.</summary>
    public DateTime QueuedAtUtc { get; set; }

    /// <summary>When a worker last started it, UTC.</summary>
    public DateTime? StartedAtUtc { get; set; }

    /// <summary>When it finished, UTC.</summary>
    public DateTime? CompletedAtUtc { get; set; }

    /// <summary>Copy of the image's capture time, UTC, so that one index serves lists and charts.</summary>
    public DateTime CapturedAtUtc { get; set; }

    /// <summary>
    /// <see cref="CapturedAtUtc"/> in whole quarter hours since the first of January of the year 1; computed by the database.
    /// Every time zone in use is a multiple of a quarter hour off UTC, so local hours and weekdays are whole-number arithmetic on it.
    /// </summary>
    public long CapturedQuarter { get; private set; }

    /// <summary>Copy of the image's site, for the same reason.</summary>
    public long? SiteId { get; set; }

    /// <summary>Focal length behind the distances in metres, pixels; null until it ran.</summary>
    public double? FocalLengthPixels { get; set; }

    /// <summary>Where <see cref="FocalLengthPixels"/> is from.</summary>
    public FocalLengthSource? FocalLengthSource { get; set; }

    /// <summary>Counted faces.</summary>
    public int FaceCount { get; set; }

    /// <summary>Counted faces with a mask.</summary>
    public int MaskCount { get; set; }

    /// <summary>Counted faces without one.</summary>
    public int NoMaskCount { get; set; }

    /// <summary>Counted faces that are uncertain.</summary>
    public int UncertainCount { get; set; }

    /// <summary>Counted faces with a neighbour nearer than MIN_DISTANCE.</summary>
    public int TooCloseCount { get; set; }

    /// <summary>Decoding, milliseconds.</summary>
    public double DecodeMilliseconds { get; set; }

    /// <summary>Finding faces, milliseconds.</summary>
    public double DetectMilliseconds { get; set; }

    /// <summary>Classifying all faces, milliseconds.</summary>
    public double ClassifyMilliseconds { get; set; }

    /// <summary>When a reviewer marked the image as reviewed, UTC; null while it is not.</summary>
    public DateTime? ReviewedAtUtc { get; set; }

    /// <summary>Key of the account that reviewed it; null in a run without accounts.</summary>
    public string? ReviewedById { get; set; }

    /// <summary>
    /// Whether it was marked as reviewed together with others, without being opened. It then needs no more attention, but says nothing of the program's accuracy.
    /// </summary>
    public bool ReviewedUnseen { get; set; }

    /// <summary>
    /// How much a review is worth, 0 to 2; reviews begin with the greatest. Of the counted faces that no reviewer has spoken of, the greatest value: 2 less the margin
    /// between the two outputs for an uncertain face, 1 less the margin for a decided one. 0 without such faces.
    /// </summary>
    public double Doubt { get; set; }

    /// <summary>Every candidate above the score floor, and the faces a reviewer drew.</summary>
    public List<Face> Faces { get; } = [];

    /// <summary>Pairs of counted faces that are nearest neighbours or too close under any rule.</summary>
    public List<FacePairDistance> Pairs { get; } = [];

    /// <summary>The small annotated picture.</summary>
    public Thumbnail? Thumbnail { get; set; }
}
