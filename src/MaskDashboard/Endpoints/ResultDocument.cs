using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaskDashboard.Compliance;
using MaskDashboard.Review;
using MaskDashboard.Vision;

namespace MaskDashboard.Endpoints;

/// <summary>A result as a file: the names of the command line's <c>analyze --json</c>, and what made it.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Site">Camera or place.</param>
/// <param name="CapturedAtUtc">When it was taken, UTC.</param>
/// <param name="Width">Width, pixels.</param>
/// <param name="Height">Height, pixels.</param>
/// <param name="Detector">The engine.</param>
/// <param name="State">Where the analysis stands.</param>
/// <param name="SettingsVersion">Number of the settings version.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="ModelVersion">The model files.</param>
/// <param name="Faces">The counted faces.</param>
/// <param name="Compliance">Mask / (mask + no mask); null when no face is decided.</param>
public sealed record ResultDocument(
    string File,
    string Sha256,
    string? Site,
    DateTime CapturedAtUtc,
    int Width,
    int Height,
    DetectorKind Detector,
    Storage.AnalysisState State,
    long SettingsVersion,
    AnalysisSettings Settings,
    string ModelVersion,
    IReadOnlyList<ResultFace> Faces,
    double? Compliance)
{
    /// <summary>How it is written.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The document of a result.</summary>
    /// <param name="result">The result.</param>
    public static ResultDocument Of(ImageResult result) => new(
        result.Image.FileName,
        result.Image.Sha256,
        result.Image.Site?.Name,
        result.Image.CapturedAtUtc,
        result.Image.Width,
        result.Image.Height,
        result.Analysis.Detector,
        result.Analysis.State,
        result.Analysis.SettingsVersionId,
        result.Settings,
        result.Analysis.ModelVersion,
        [.. result.Analysis.Faces.Where(face => face.EffectiveCounted).OrderBy(face => face.Index).Select(face => new ResultFace(
            face.X,
            face.Y,
            face.Width,
            face.Height,
            face.Score,
            face.EffectiveLabel,
            face.MaskProbability,
            face.NoMaskProbability,
            face.TooClose,
            face.NearestPixelsTopLeft,
            face.NearestPixelsCentre,
            face.NearestMetres))],
        new ComplianceFigures(result.Analysis.MaskCount, result.Analysis.NoMaskCount, result.Analysis.UncertainCount, result.Analysis.TooCloseCount).Compliance);

    /// <summary>The stored result for drawing, with what reviewers said of its faces.</summary>
    /// <param name="result">The result.</param>
    public static FrameAnalysis Rejudged(ImageResult result) => EffectiveFaces.Judge(result.Analysis);
}

/// <summary>A face of a <see cref="ResultDocument"/>; boxes in pixels of the oriented image.</summary>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Width, pixels.</param>
/// <param name="Height">Height, pixels.</param>
/// <param name="Score">The detector's score, 0 to 1.</param>
/// <param name="Label">The label.</param>
/// <param name="MaskProbability">The classifier's mask output, 0 to 1.</param>
/// <param name="NoMaskProbability">The classifier's no-mask output, 0 to 1.</param>
/// <param name="TooClose">Whether another face is nearer than MIN_DISTANCE.</param>
/// <param name="NearestPixelsTopLeft">To the nearest face between top-left corners, pixels.</param>
/// <param name="NearestPixelsCentre">To the nearest face between centres, pixels.</param>
/// <param name="NearestMetres">To the nearest face, estimated metres.</param>
public sealed record ResultFace(
    float X,
    float Y,
    float Width,
    float Height,
    float Score,
    MaskLabel Label,
    float MaskProbability,
    float NoMaskProbability,
    bool TooClose,
    double? NearestPixelsTopLeft,
    double? NearestPixelsCentre,
    double? NearestMetres);
