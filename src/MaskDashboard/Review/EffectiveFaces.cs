using MaskDashboard.Analysis;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Review;

/// <summary>
/// What counts once people have spoken: the last standing statement about a face decides, without one the program does. A face that only
/// a reviewer found counts while a statement about it stands.
/// </summary>
internal static class EffectiveFaces
{
    /// <summary>Writes what counts, and the distances and figures that follow from it, beside the program's own answers.</summary>
    /// <param name="analysis">A finished analysis with its image, settings version, faces and pairs.</param>
    /// <param name="standing">The statements about its faces that are not undone.</param>
    /// <returns>Whether other faces count than before, so that pictures of the result are out of date.</returns>
    public static bool Apply(ImageAnalysis analysis, IEnumerable<FaceCorrection> standing)
    {
        var last = standing.GroupBy(statement => statement.FaceId).ToDictionary(face => face.Key, face => face.MaxBy(statement => statement.Id)!);
        var changed = false;
        foreach (var face in analysis.Faces)
        {
            var counted = Decide(face, last.GetValueOrDefault(face.Id));
            changed |= counted != face.EffectiveCounted;
            face.EffectiveCounted = counted;
        }

        if (changed)
        {
            StoredResult.WriteDistances(analysis, Judge(analysis));
        }

        StoredResult.WriteFigures(analysis);
        return changed;
    }

    /// <summary>The stored result with what counts, for drawing and distances.</summary>
    /// <param name="analysis">A finished analysis with its image, settings version and faces.</param>
    public static FrameAnalysis Judge(ImageAnalysis analysis)
    {
        var faces = analysis.Faces.OrderBy(face => face.Index).ToList();
        var measurement = new FrameMeasurement
        {
            Width = analysis.Image!.Width,
            Height = analysis.Image.Height,
            Detector = analysis.Detector,
            ExifFocalLengthPixels = analysis.Image.ExifFocalLengthPixels,
            Candidates = [.. faces.Select(face => new FaceCandidate(
                new FaceDetection(face.Box, face.Score), new MaskProbabilities(face.MaskProbability, face.NoMaskProbability)))],
        };
        return Judgement.Judge(
            measurement,
            SettingsStore.Parse(analysis.SettingsVersion!.SettingsJson),
            // The one the result was made with: a site's field of view may have been set since.
            new FocalLength(analysis.FocalLengthPixels!.Value, analysis.FocalLengthSource!.Value),
            [.. faces.Select(face => new FaceVerdict(face.EffectiveCounted, face.EffectiveLabel))]);
    }

    private static bool Decide(Face face, FaceCorrection? statement)
    {
        face.Reviewed = statement?.Label;
        face.EffectiveLabel = statement?.Label switch
        {
            ReviewedLabel.Mask => MaskLabel.Mask,
            ReviewedLabel.NoMask => MaskLabel.NoMask,
            _ => face.Label,
        };
        return statement switch
        {
            { Label: ReviewedLabel.NotAFace } => false,
            { Label: not null } => true,
            not null => face.Counted || face.Origin == FaceOrigin.Reviewer,
            null => face.Counted,
        };
    }
}
