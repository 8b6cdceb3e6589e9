using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Endpoints;
using MaskDashboard.Review;
using MaskDashboard.Storage;

namespace MaskDashboard.Components.Reviewing;

/// <summary>A photograph under review, as the page shows it.</summary>
/// <param name="Result">The result.</param>
/// <param name="Position">Its place in the queue when it was opened.</param>
/// <param name="Faces">Its faces.</param>
/// <param name="Lines">Lines between faces that are too close.</param>
/// <param name="Statements">What reviewers said of its faces, oldest first.</param>
public sealed record ReviewedImage(
    ImageResult Result, ReviewPosition Position, IReadOnlyList<OverlayFace> Faces, IReadOnlyList<OverlayLine> Lines, IReadOnlyList<StatementRecord> Statements)
{
    /// <summary>The image.</summary>
    public long ImageId => Result.Image.Id;

    /// <summary>The analysis.</summary>
    public long AnalysisId => Result.Analysis.Id;

    /// <summary>Whether it is marked as reviewed.</summary>
    public bool IsReviewed => Result.Analysis.ReviewedAtUtc is not null;

    /// <summary>The photograph.</summary>
    public PhotoSource Photo => new(PhotographAddress.Original(Result.Image), Result.Image.Width, Result.Image.Height);

    /// <summary>Puts together what the page shows.</summary>
    /// <param name="result">The result.</param>
    /// <param name="statements">What reviewers said.</param>
    /// <param name="position">Its place when it was opened; null to take the present one.</param>
    public static ReviewedImage Of(ImageResult result, IReadOnlyList<StatementRecord> statements, ReviewPosition? position = null)
    {
        var analysis = result.Analysis;
        var faces = OverlayFace.Of(analysis.Faces);
        return new ReviewedImage(
            result,
            position ?? new ReviewPosition(analysis.Id, analysis.Doubt, analysis.CapturedAtUtc, analysis.ReviewedAtUtc),
            faces,
            OverlayLine.Of(faces, analysis.Pairs, result.Settings.DistanceRule),
            statements);
    }

    /// <summary>The faces a reviewer walks through, in the order of their list.</summary>
    /// <param name="withCandidates">Whether those below the threshold are among them.</param>
    public IReadOnlyList<OverlayFace> Walk(bool withCandidates) =>
        [.. Faces.Where(face => face.Counted || face.Rejected || (withCandidates && IsCandidate(face)))];

    /// <summary>Whether a face is one that the program left below the threshold and nobody spoke of.</summary>
    /// <param name="face">The face.</param>
    public static bool IsCandidate(OverlayFace face) => face is { Counted: false, Rejected: false, Origin: FaceOrigin.Detector };

    /// <summary>The face to begin with: the first that nobody could decide, else the first.</summary>
    public OverlayFace? First => Faces.FirstOrDefault(face => face.Undecided) ?? Faces.FirstOrDefault(face => face.Counted) ?? Faces.FirstOrDefault(face => face.Rejected);
}
