namespace MaskDashboard.Vision;

/// <summary>What the classifier says of a face under the settings in force.</summary>
public enum MaskLabel
{
    /// <summary>The face wears a mask.</summary>
    Mask = 0,

    /// <summary>The face wears no mask, or wears it incorrectly.</summary>
    NoMask = 1,

    /// <summary>Both outputs are low or too close to each other. Counted on its own, never as compliant or not.</summary>
    Uncertain = 2,
}

/// <summary>A face as an engine found it.</summary>
/// <param name="Box">Where, in pixels of the oriented full-resolution image. May reach over the border.</param>
/// <param name="Score">The engine's confidence, 0 to 1; 1 for Haar, which has none.</param>
public readonly record struct FaceDetection(BoundingBox Box, float Score);

/// <summary>The classifier's two independent sigmoid outputs for a face.</summary>
/// <param name="Mask">Probability that a mask is worn correctly, 0 to 1.</param>
/// <param name="NoMask">Probability that none is, 0 to 1. The two need not add up to 1; both low means neither, for instance no face at all.</param>
public readonly record struct MaskProbabilities(float Mask, float NoMask);

/// <summary>A candidate: what was measured of one detection, before any threshold. Stored for every detection above the score floor.</summary>
/// <param name="Detection">Box and score.</param>
/// <param name="Probabilities">The classifier's outputs.</param>
public sealed record FaceCandidate(FaceDetection Detection, MaskProbabilities Probabilities)
{
    /// <summary>How sure both networks together are that it is a face, 0 to 1: what the threshold is compared with.</summary>
    public float Confidence => FaceConfidence.Of(Detection.Score, Probabilities);
}

/// <summary>One candidate judged under settings.</summary>
public sealed record FaceResult
{
    /// <summary>Where, in pixels of the oriented full-resolution image.</summary>
    public required BoundingBox Box { get; init; }

    /// <summary>The detector's score, 0 to 1.</summary>
    public required float Score { get; init; }

    /// <summary>The classifier's outputs.</summary>
    public required MaskProbabilities Probabilities { get; init; }

    /// <summary>How sure both networks together are that it is a face, 0 to 1: what the threshold is compared with.</summary>
    public float Confidence => FaceConfidence.Of(Score, Probabilities);

    /// <summary>Whether the candidate passes the confidence and size thresholds. Candidates that do not carry no distances and enter no figure.</summary>
    public required bool Counted { get; init; }

    /// <summary>The label under the settings in force.</summary>
    public required MaskLabel Label { get; init; }

    /// <summary>Whether another counted face is nearer than MIN_DISTANCE under the rule in force. False with fewer than two counted faces.</summary>
    public bool TooClose { get; init; }

    /// <summary>Distance to the nearest counted face between top-left corners, pixels; null with fewer than two counted faces.</summary>
    public double? NearestPixelsTopLeft { get; init; }

    /// <summary>Distance to the nearest counted face between centres, pixels; null with fewer than two counted faces.</summary>
    public double? NearestPixelsCentre { get; init; }

    /// <summary>Estimated distance to the nearest counted face, metres; null with fewer than two counted faces.</summary>
    public double? NearestMetres { get; init; }
}

/// <summary>Two counted faces and how far apart they are. Indices point into <see cref="FrameAnalysis.Faces"/>; <paramref name="First"/> is the smaller.</summary>
/// <param name="First">Index of one face.</param>
/// <param name="Second">Index of the other.</param>
/// <param name="PixelsTopLeft">Between top-left corners, pixels.</param>
/// <param name="PixelsCentre">Between centres, pixels.</param>
/// <param name="Metres">Estimated, metres.</param>
/// <param name="TooClose">Whether the pair is nearer than MIN_DISTANCE under the rule in force.</param>
public sealed record FacePair(int First, int Second, double PixelsTopLeft, double PixelsCentre, double Metres, bool TooClose)
{
    /// <summary>How far apart the two are by <paramref name="rule"/>, in that rule's unit.</summary>
    /// <param name="rule">The measure of distance.</param>
    public double Distance(DistanceRule rule) => rule switch
    {
        DistanceRule.PixelsTopLeft => PixelsTopLeft,
        DistanceRule.PixelsCentre => PixelsCentre,
        _ => Metres,
    };
}

/// <summary>Where the focal length behind distances in metres comes from.</summary>
public enum FocalLengthSource
{
    /// <summary>The photograph's EXIF data.</summary>
    Exif = 0,

    /// <summary>The field of view set for the site.</summary>
    Site = 1,

    /// <summary>The default field of view.</summary>
    DefaultFieldOfView = 2,
}

/// <summary>A focal length in pixels of the full-resolution image, and where it is from.</summary>
/// <param name="Pixels">Focal length, pixels.</param>
/// <param name="Source">Where it is from.</param>
public readonly record struct FocalLength(double Pixels, FocalLengthSource Source);

/// <summary>How long each stage took, in milliseconds.</summary>
/// <param name="Decode">Reading the header, decoding, orientation.</param>
/// <param name="Detect">Finding faces.</param>
/// <param name="Classify">All faces of the image.</param>
/// <param name="Judge">Labels and distances.</param>
public readonly record struct StageTimes(double Decode, double Detect, double Classify, double Judge)
{
    /// <summary>The sum of all stages, milliseconds.</summary>
    public double Total => Decode + Detect + Classify + Judge;
}

/// <summary>The facts measured on an image by inference, before any threshold: the input of <see cref="Judgement"/>.</summary>
public sealed record FrameMeasurement
{
    /// <summary>Width of the oriented image, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the oriented image, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The engine that found the candidates.</summary>
    public required DetectorKind Detector { get; init; }

    /// <summary>Horizontal focal length from EXIF in pixels; null when the file has none.</summary>
    public double? ExifFocalLengthPixels { get; init; }

    /// <summary>Every detection above the score floor, strongest first.</summary>
    public required IReadOnlyList<FaceCandidate> Candidates { get; init; }
}

/// <summary>The result for one image: what was measured, judged under one set of settings.</summary>
public sealed record FrameAnalysis
{
    /// <summary>What inference measured.</summary>
    public required FrameMeasurement Measurement { get; init; }

    /// <summary>The settings that judged it.</summary>
    public required AnalysisSettings Settings { get; init; }

    /// <summary>The focal length behind distances in metres.</summary>
    public required FocalLength FocalLength { get; init; }

    /// <summary>Every candidate judged, in the order of <see cref="FrameMeasurement.Candidates"/>.</summary>
    public required IReadOnlyList<FaceResult> Faces { get; init; }

    /// <summary>Every pair of counted faces, by first then second index. Empty with fewer than two counted faces.</summary>
    public required IReadOnlyList<FacePair> Pairs { get; init; }

    /// <summary>Time by stage.</summary>
    public StageTimes Times { get; init; }

    /// <summary>The counted faces.</summary>
    public IEnumerable<FaceResult> CountedFaces => Faces.Where(face => face.Counted);

    /// <summary>The image-level figures.</summary>
    public ComplianceFigures Figures => ComplianceFigures.Of(Faces);
}
