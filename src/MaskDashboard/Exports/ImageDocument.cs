using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Exports;

/// <summary>An image and its current result, as the API answers and exports write it. Figures use the effective labels: a reviewer's where there is one.</summary>
/// <param name="Id">Number of the image.</param>
/// <param name="FileName">Name of the file as first uploaded.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="SiteId">Number of the site; null for none.</param>
/// <param name="Site">Name of the site; null for none.</param>
/// <param name="CapturedAtUtc">When it was taken, UTC.</param>
/// <param name="CapturedAtSource">How that is known.</param>
/// <param name="UploadedAtUtc">When it was first uploaded, UTC.</param>
/// <param name="Width">Width after orientation, pixels.</param>
/// <param name="Height">Height after orientation, pixels.</param>
/// <param name="State">Where the analysis stands.</param>
/// <param name="FailureReason">Why it failed, one sentence; null unless it did.</param>
/// <param name="ReviewedAtUtc">When a person marked it as reviewed, UTC; null while nobody has.</param>
/// <param name="AnalysisId">Number of the current analysis.</param>
/// <param name="Detector">The engine that looked for faces.</param>
/// <param name="SettingsVersion">Number of the settings version that judged it.</param>
/// <param name="ModelVersion">The model files.</param>
/// <param name="DistanceRule">The measure that decides who is too close.</param>
/// <param name="MinDistance">MIN_DISTANCE, in the unit of the rule.</param>
/// <param name="Figures">Counts over its faces; null until it is analysed.</param>
/// <param name="Faces">Counted faces, and those a reviewer says something about; null in lists and until it is analysed.</param>
public sealed record ImageDocument(
    long Id,
    string FileName,
    string Sha256,
    long? SiteId,
    string? Site,
    DateTime CapturedAtUtc,
    CaptureTimeSource CapturedAtSource,
    DateTime UploadedAtUtc,
    int Width,
    int Height,
    AnalysisState State,
    string? FailureReason,
    DateTime? ReviewedAtUtc,
    long AnalysisId,
    DetectorKind Detector,
    long SettingsVersion,
    string ModelVersion,
    DistanceRule DistanceRule,
    double MinDistance,
    FigureDocument? Figures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FaceDocument>? Faces)
{
    /// <summary>How documents are written: camelCase names, enumerations as camelCase words.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Sets options to how documents are written.</summary>
    /// <param name="options">The options.</param>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // Names of files and sites stay readable: the output is no HTML, and is sent as what it is.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        return options;
    }
}

/// <summary>Counts over faces, and what they mean.</summary>
/// <param name="Faces">Counted faces.</param>
/// <param name="Mask">Of these, with a mask.</param>
/// <param name="NoMask">Without one.</param>
/// <param name="Uncertain">Not decided.</param>
/// <param name="TooClose">With another face nearer than MIN_DISTANCE.</param>
/// <param name="Compliance">mask / (mask + noMask), 0 to 1; null when no face is decided.</param>
/// <param name="ComplianceLow">If every uncertain face wore none, 0 to 1; null without faces.</param>
/// <param name="ComplianceHigh">If every uncertain face wore a mask, 0 to 1; null without faces.</param>
public sealed record FigureDocument(int Faces, int Mask, int NoMask, int Uncertain, int TooClose, double? Compliance, double? ComplianceLow, double? ComplianceHigh)
{
    /// <summary>The document of counts.</summary>
    /// <param name="figures">The counts.</param>
    public static FigureDocument Of(ComplianceFigures figures) => new(
        figures.Faces, figures.Mask, figures.NoMask, figures.Uncertain, figures.TooClose, figures.Compliance, figures.ComplianceLow, figures.ComplianceHigh);
}

/// <summary>A face; boxes in pixels of the oriented image. The program's answer and the reviewer's stand side by side.</summary>
/// <param name="Id">Number of the face.</param>
/// <param name="Index">Position among the faces of its image, from 0.</param>
/// <param name="FoundBy">The detector, or a reviewer who drew it.</param>
/// <param name="Counted">Whether it enters the figures.</param>
/// <param name="Label">The label that figures use.</param>
/// <param name="ProgramLabel">The program's label.</param>
/// <param name="ReviewedLabel">What a reviewer says; null when nobody does.</param>
/// <param name="Score">The detector's confidence, 0 to 1.</param>
/// <param name="MaskProbability">The classifier's mask output, 0 to 1.</param>
/// <param name="NoMaskProbability">The classifier's no-mask output, 0 to 1.</param>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Width, pixels.</param>
/// <param name="Height">Height, pixels.</param>
/// <param name="TooClose">Whether another face is nearer than MIN_DISTANCE.</param>
/// <param name="NearestPixelsTopLeft">To the nearest face between top-left corners, pixels; null with fewer than two.</param>
/// <param name="NearestPixelsCentre">To the nearest face between centres, pixels; null with fewer than two.</param>
/// <param name="NearestMetres">To the nearest face, estimated metres; null with fewer than two.</param>
public sealed record FaceDocument(
    long Id,
    int Index,
    FaceOrigin FoundBy,
    bool Counted,
    MaskLabel Label,
    MaskLabel ProgramLabel,
    ReviewedLabel? ReviewedLabel,
    float Score,
    float MaskProbability,
    float NoMaskProbability,
    float X,
    float Y,
    float Width,
    float Height,
    bool TooClose,
    double? NearestPixelsTopLeft,
    double? NearestPixelsCentre,
    double? NearestMetres)
{
    /// <summary>The document of a face.</summary>
    /// <param name="face">The face.</param>
    public static FaceDocument Of(Face face) => new(
        face.Id,
        face.Index,
        face.Origin,
        face.EffectiveCounted,
        face.EffectiveLabel,
        face.Label,
        face.Reviewed,
        face.Score,
        face.MaskProbability,
        face.NoMaskProbability,
        face.X,
        face.Y,
        face.Width,
        face.Height,
        face.TooClose,
        face.NearestPixelsTopLeft,
        face.NearestPixelsCentre,
        face.NearestMetres);
}
