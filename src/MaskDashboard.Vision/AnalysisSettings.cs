using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Vision;

/// <summary>Which engine finds the faces.</summary>
public enum DetectorKind
{
    /// <summary>The YuNet convolutional detector, fine-tuned on masked faces. The default.</summary>
    YuNet = 0,

    /// <summary>The Viola-Jones cascade <c>haarcascade_frontalface_default</c>, as in the notebook.</summary>
    Haar = 1,
}

/// <summary>Which measure of distance decides who is too close.</summary>
public enum DistanceRule
{
    /// <summary>Pixels between the top-left corners of two boxes, as in the notebook.</summary>
    PixelsTopLeft = 0,

    /// <summary>Pixels between the centres of two boxes.</summary>
    PixelsCentre = 1,

    /// <summary>Metres between two faces, estimated from their size (see <c>Distancing/MetricDistance</c>).</summary>
    Metres = 2,
}

/// <summary>
/// Everything that shapes a result, immutable: a new value makes a new settings version and every result names the version that made it.
/// The first group needs inference to take effect; the second group only judges what was measured (see <see cref="Judgement"/>).
/// </summary>
public sealed record AnalysisSettings
{
    /// <summary>The engine that finds the faces. Default YuNet.</summary>
    public DetectorKind Detector { get; init; } = DetectorKind.YuNet;

    /// <summary>Haar: factor between two scales of the image pyramid. 1.01 to 2, default 1.1 (the notebook's).</summary>
    [Range(1.01, 2.0)]
    public double HaarScaleFactor { get; init; } = 1.1;

    /// <summary>Haar: overlapping candidates a face needs. 0 to 20, default 4 (the notebook's).</summary>
    [Range(0, 20)]
    public int HaarMinNeighbors { get; init; } = 4;

    /// <summary>YuNet: intersection over union above which the weaker of two detections is dropped. 0.05 to 0.95, default 0.45.</summary>
    [Range(0.05, 0.95)]
    public double YuNetNmsIou { get; init; } = 0.45;

    /// <summary>YuNet: a detection counts as a face from this confidence on (see <see cref="FaceConfidence"/>). 0.2 to 0.99, default 0.7. Haar has no score: its faces always count.</summary>
    [Range(0.2, 0.99)]
    public double MinDetectionScore { get; init; } = 0.7;

    /// <summary>Faces whose shorter box side is smaller, in pixels of the full-resolution image, are ignored. 0 to 1000, default 0.</summary>
    [Range(0, 1000)]
    public double MinFaceSizePixels { get; init; }

    /// <summary>An output of the classifier speaks for its class from this probability on. 0.05 to 0.95, default 0.5. With both outputs below it the face is uncertain.</summary>
    [Range(0.05, 0.95)]
    public double MinClassProbability { get; init; } = 0.5;

    /// <summary>The face is uncertain when the two outputs differ by less than this. 0 (never) to 0.9, default 0.2.</summary>
    [Range(0, 0.9)]
    public double UncertainMargin { get; init; } = 0.2;

    /// <summary>Which measure of distance decides who is too close. Default pixels between top-left corners, the notebook's.</summary>
    public DistanceRule DistanceRule { get; init; } = DistanceRule.PixelsTopLeft;

    /// <summary>MIN_DISTANCE in pixels between top-left corners; strictly less is too close. 0 to 10000, default 130 (the notebook's).</summary>
    [Range(0, 10000)]
    public double MinDistancePixelsTopLeft { get; init; } = 130;

    /// <summary>MIN_DISTANCE in pixels between box centres; strictly less is too close. 0 to 10000, default 130.</summary>
    [Range(0, 10000)]
    public double MinDistancePixelsCentre { get; init; } = 130;

    /// <summary>MIN_DISTANCE in metres; strictly less is too close. 0 to 20, default 1.5.</summary>
    [Range(0, 20)]
    public double MinDistanceMetres { get; init; } = 1.5;

    /// <summary>Field of view along the longer side assumed for a photograph without a focal length in its EXIF data, degrees. 10 to 150, default 65 (a phone's main camera).</summary>
    [Range(10, 150)]
    public double DefaultFieldOfViewDegrees { get; init; } = 65;

    /// <summary>MIN_DISTANCE of the rule in force, in that rule's unit.</summary>
    public double MinDistance => DistanceRule switch
    {
        DistanceRule.PixelsTopLeft => MinDistancePixelsTopLeft,
        DistanceRule.PixelsCentre => MinDistancePixelsCentre,
        _ => MinDistanceMetres,
    };

    /// <summary>The notebook's settings: Haar 1.1 and 4, pixels between top-left corners, 130, and no uncertain band.</summary>
    public static AnalysisSettings Notebook { get; } = new() { Detector = DetectorKind.Haar, UncertainMargin = 0, MinClassProbability = 0.05 };

    /// <summary>What suits photographs of rooms and sites: YuNet and metres.</summary>
    public static AnalysisSettings Recommended { get; } = new() { DistanceRule = DistanceRule.Metres };
}
