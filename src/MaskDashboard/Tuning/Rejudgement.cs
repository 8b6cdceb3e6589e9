using MaskDashboard.Analysis;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Tuning;

/// <summary>Judges a stored result under another settings version, in place: faces, corrections and review marks stay on their rows.</summary>
internal static class Rejudgement
{
    /// <summary>Judges an analysis again.</summary>
    /// <param name="analysis">Finished, with its image, faces and pairs.</param>
    /// <param name="standing">The statements about its faces that are not undone.</param>
    /// <param name="version">The version.</param>
    /// <param name="versionRow">The version as stored.</param>
    /// <returns>Whether any face is judged otherwise.</returns>
    public static bool Apply(ImageAnalysis analysis, IReadOnlyCollection<FaceCorrection> standing, VersionedSettings version, SettingsVersion versionRow)
    {
        var before = Judged(analysis);
        var image = analysis.Image!;
        var settings = version.Settings;
        (analysis.SettingsVersionId, analysis.SettingsVersion) = (version.VersionId, versionRow);
        var focalLength = FocalLengthSelection.Choose(
            new FrameMeasurement { Width = image.Width, Height = image.Height, Detector = analysis.Detector, ExifFocalLengthPixels = image.ExifFocalLengthPixels, Candidates = [] },
            settings,
            version.FieldOfViewDegrees(analysis.SiteId));
        (analysis.FocalLengthPixels, analysis.FocalLengthSource) = (focalLength.Pixels, focalLength.Source);
        foreach (var face in analysis.Faces)
        {
            var probabilities = new MaskProbabilities(face.MaskProbability, face.NoMaskProbability);
            // The program never counts what it did not find.
            face.Counted = face.Origin == FaceOrigin.Detector && Judgement.Counts(FaceConfidence.Of(face.Score, probabilities), face.Box, analysis.Detector, settings);
            face.Label = Judgement.Label(probabilities, settings);
        }

        Settle(analysis, standing);
        return !before.SequenceEqual(Judged(analysis));
    }

    /// <summary>Brings what counts, distances and figures up to date with the program's answers and what reviewers say.</summary>
    /// <param name="analysis">With its image, settings version, faces and pairs.</param>
    /// <param name="standing">The statements about its faces that are not undone.</param>
    public static void Settle(ImageAnalysis analysis, IReadOnlyCollection<FaceCorrection> standing)
    {
        EffectiveFaces.Apply(analysis, standing);
        StoredResult.WriteDistances(analysis, EffectiveFaces.Judge(analysis));
        StoredResult.WriteFigures(analysis);
    }

    private static List<(bool, MaskLabel, bool)> Judged(ImageAnalysis analysis) =>
        [.. analysis.Faces.Select(face => (face.EffectiveCounted, face.EffectiveCounted ? face.EffectiveLabel : default, face.EffectiveCounted && face.TooClose))];
}
