using MaskDashboard.Components.Controls;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Components.Tuning;

/// <summary>One half of the preview: a photograph under one set of settings, ready to be drawn.</summary>
/// <param name="Result">The faces judged.</param>
/// <param name="Faces">The faces to draw.</param>
/// <param name="Lines">Lines between those too close.</param>
/// <param name="Figures">The counts.</param>
public sealed record PreviewSide(FrameAnalysis Result, IReadOnlyList<OverlayFace> Faces, IReadOnlyList<OverlayLine> Lines, ComplianceFigures Figures)
{
    /// <summary>A judged photograph, ready to be drawn.</summary>
    /// <param name="result">The faces judged.</param>
    public static PreviewSide Of(FrameAnalysis result)
    {
        var number = 0;
        IReadOnlyList<OverlayFace> faces = [.. result.Faces.Select((face, index) => new OverlayFace(
            index,
            index,
            face.Counted ? ++number : 0,
            face.Box,
            face.Counted,
            face.Label,
            Corrected: false,
            face.TooClose,
            face.Score,
            face.Probabilities.Mask,
            face.Probabilities.NoMask,
            face.NearestPixelsTopLeft,
            face.NearestPixelsCentre,
            face.NearestMetres))];
        var pairs = result.Pairs.Where(pair => pair.TooClose).Select(pair => new FacePairDistance
        {
            FirstIndex = pair.First,
            SecondIndex = pair.Second,
            PixelsTopLeft = pair.PixelsTopLeft,
            PixelsCentre = pair.PixelsCentre,
            Metres = pair.Metres,
            TooClose = true,
        });
        return new PreviewSide(result, faces, OverlayLine.Of(faces, pairs, result.Settings.DistanceRule), result.Figures);
    }

    /// <summary>How many faces are judged otherwise on the other side; null where the models found other candidates, which cannot be compared one by one.</summary>
    /// <param name="other">The other side.</param>
    public int? DifferentFrom(PreviewSide other) => ReferenceEquals(Result.Measurement, other.Result.Measurement)
        ? Result.Faces.Zip(other.Result.Faces).Count(pair => IsDifferent(pair.First, pair.Second))
        : null;

    private static bool IsDifferent(FaceResult first, FaceResult second) => first.Counted != second.Counted
        || (first.Counted && (first.Label != second.Label || first.TooClose != second.TooClose));
}
