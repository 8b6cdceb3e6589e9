using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Components.Controls;

/// <summary>A face as pages show it.</summary>
/// <param name="Id">Key of the stored face.</param>
/// <param name="Index">Position among the analysis' candidates; <see cref="FacePairDistance"/> points at it.</param>
/// <param name="Number">What people call it: counted faces from 1, strongest first; one that a reviewer rejected keeps its number. 0 when it is not counted.</param>
/// <param name="Box">Where, pixels of the oriented photograph.</param>
/// <param name="Counted">Whether it enters the figures.</param>
/// <param name="Label">The label that figures use.</param>
/// <param name="Corrected">Whether a reviewer said something else than the program.</param>
/// <param name="TooClose">Whether another face is nearer than MIN_DISTANCE.</param>
/// <param name="Score">The detector's score, 0 to 1.</param>
/// <param name="MaskProbability">The classifier's mask output, 0 to 1.</param>
/// <param name="NoMaskProbability">The classifier's no-mask output, 0 to 1.</param>
/// <param name="NearestPixelsTopLeft">To the nearest face between top-left corners, pixels; null without one.</param>
/// <param name="NearestPixelsCentre">To the nearest face between centres, pixels; null without one.</param>
/// <param name="NearestMetres">To the nearest face, estimated metres; null without one.</param>
public sealed record OverlayFace(
    long Id,
    int Index,
    int Number,
    BoundingBox Box,
    bool Counted,
    MaskLabel Label,
    bool Corrected,
    bool TooClose,
    float Score,
    float MaskProbability,
    float NoMaskProbability,
    double? NearestPixelsTopLeft,
    double? NearestPixelsCentre,
    double? NearestMetres)
{
    /// <summary>How sure both networks together are that it is a face, 0 to 1: what the threshold is compared with.</summary>
    public float Confidence => FaceConfidence.Of(Score, new MaskProbabilities(MaskProbability, NoMaskProbability));

    /// <summary>What the program said, before any review.</summary>
    public MaskLabel ProgramLabel { get; init; } = Label;

    /// <summary>What the last standing statement of a reviewer says; null without one.</summary>
    public ReviewedLabel? Reviewed { get; init; }

    /// <summary>Who found it.</summary>
    public FaceOrigin Origin { get; init; }

    /// <summary>Whether a reviewer said that it is not a face.</summary>
    public bool Rejected => Reviewed == ReviewedLabel.NotAFace;

    /// <summary>Whether the program could not decide and nobody else has.</summary>
    public bool Undecided => Counted && Label == MaskLabel.Uncertain && Reviewed is null;

    /// <summary>To the nearest face by a rule, in that rule's unit.</summary>
    /// <param name="rule">The rule.</param>
    public double? Nearest(DistanceRule rule) => rule switch
    {
        DistanceRule.PixelsTopLeft => NearestPixelsTopLeft,
        DistanceRule.PixelsCentre => NearestPixelsCentre,
        _ => NearestMetres,
    };

    /// <summary>The stored faces of an analysis, numbered.</summary>
    /// <param name="faces">Every candidate.</param>
    public static IReadOnlyList<OverlayFace> Of(IEnumerable<Face> faces)
    {
        var number = 0;
        return [.. faces.OrderBy(face => face.Index).Select(face => new OverlayFace(
            face.Id,
            face.Index,
            face.EffectiveCounted || face.Reviewed == ReviewedLabel.NotAFace ? ++number : 0,
            face.Box,
            face.EffectiveCounted,
            face.EffectiveLabel,
            face.Reviewed is not null && (face.EffectiveLabel != face.Label || face.EffectiveCounted != face.Counted),
            face.TooClose,
            face.Score,
            face.MaskProbability,
            face.NoMaskProbability,
            face.NearestPixelsTopLeft,
            face.NearestPixelsCentre,
            face.NearestMetres)
        {
            ProgramLabel = face.Label,
            Reviewed = face.Reviewed,
            Origin = face.Origin,
        })];
    }
}
