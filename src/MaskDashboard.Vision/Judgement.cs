using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Vision;

/// <summary>What is decided of a candidate.</summary>
/// <param name="Counted">Whether it counts as a face.</param>
/// <param name="Label">Its label.</param>
public readonly record struct FaceVerdict(bool Counted, MaskLabel Label);

/// <summary>
/// Applies thresholds to what inference measured. Pure and fast: the same measurement judged under other settings
/// is how previews, what-if curves and re-judged history work without new inference.
/// </summary>
public static class Judgement
{
    /// <summary>The label of a face under the settings.</summary>
    /// <param name="probabilities">The classifier's outputs.</param>
    /// <param name="settings">Thresholds.</param>
    public static MaskLabel Label(MaskProbabilities probabilities, AnalysisSettings settings)
    {
        var strongest = Math.Max(probabilities.Mask, probabilities.NoMask);
        var margin = Math.Abs(probabilities.Mask - probabilities.NoMask);
        if (strongest < settings.MinClassProbability || margin < settings.UncertainMargin)
        {
            return MaskLabel.Uncertain;
        }

        return probabilities.Mask >= probabilities.NoMask ? MaskLabel.Mask : MaskLabel.NoMask;
    }

    /// <summary>Whether a candidate counts as a face under the settings.</summary>
    /// <param name="candidate">Box, score and the classifier's outputs.</param>
    /// <param name="detector">The engine that found it; Haar has no score.</param>
    /// <param name="settings">Thresholds.</param>
    public static bool Counts(FaceCandidate candidate, DetectorKind detector, AnalysisSettings settings) =>
        Counts(candidate.Confidence, candidate.Detection.Box, detector, settings);

    /// <summary>Whether a candidate of known confidence counts as a face under the settings; for a million of them, whose confidence takes longer than this.</summary>
    /// <param name="confidence">See <see cref="FaceConfidence"/>.</param>
    /// <param name="box">Where it is, pixels.</param>
    /// <param name="detector">The engine that found it; Haar has no score.</param>
    /// <param name="settings">Thresholds.</param>
    public static bool Counts(float confidence, in BoundingBox box, DetectorKind detector, AnalysisSettings settings) =>
        (detector == DetectorKind.Haar || confidence >= settings.MinDetectionScore) && Math.Min(box.Width, box.Height) >= settings.MinFaceSizePixels;

    /// <summary>Judges an image: which candidates count, their labels, who is too close to whom.</summary>
    /// <param name="measurement">What inference measured.</param>
    /// <param name="settings">Thresholds and the distance rule in force.</param>
    /// <param name="siteFieldOfViewDegrees">Field of view of the site's camera along the longer side of its picture, degrees; null when not known.</param>
    /// <returns>The result; <see cref="FrameAnalysis.Times"/> is left empty. Faces that do not count, and a single counted face, carry no distances.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A box has no width, or the field of view is not between 0 and 180 degrees.</exception>
    public static FrameAnalysis Judge(FrameMeasurement measurement, AnalysisSettings settings, double? siteFieldOfViewDegrees = null)
    {
        var verdicts = measurement.Candidates.Select(candidate => new FaceVerdict(
            Counts(candidate, measurement.Detector, settings), Label(candidate.Probabilities, settings)));
        return Judge(measurement, settings, FocalLengthSelection.Choose(measurement, settings, siteFieldOfViewDegrees), [.. verdicts]);
    }

    /// <summary>Judges an image whose faces are already decided, for instance by a reviewer: who is too close to whom among those that count.</summary>
    /// <param name="measurement">What inference measured.</param>
    /// <param name="settings">The distance rule in force.</param>
    /// <param name="focalLength">The focal length behind distances in metres.</param>
    /// <param name="verdicts">One for each candidate, in their order.</param>
    /// <returns>The result; <see cref="FrameAnalysis.Times"/> is left empty. Faces that do not count, and a single counted face, carry no distances.</returns>
    /// <exception cref="ArgumentException">There are not as many verdicts as candidates.</exception>
    public static FrameAnalysis Judge(FrameMeasurement measurement, AnalysisSettings settings, FocalLength focalLength, IReadOnlyList<FaceVerdict> verdicts)
    {
        var candidates = measurement.Candidates;
        if (verdicts.Count != candidates.Count)
        {
            throw new ArgumentException($"{candidates.Count} candidates have {verdicts.Count} verdicts.", nameof(verdicts));
        }

        int[] counted = [.. Enumerable.Range(0, candidates.Count).Where(index => verdicts[index].Counted)];
        var distances = FaceDistances.Measure(candidates, counted, focalLength, measurement, settings);
        return new FrameAnalysis
        {
            Measurement = measurement,
            Settings = settings,
            FocalLength = focalLength,
            Faces = [.. candidates.Select((candidate, index) => Judged(
                candidate, verdicts[index], distances.Nearest.TryGetValue(index, out var nearest) ? nearest : null))],
            Pairs = distances.Pairs,
        };
    }

    private static FaceResult Judged(FaceCandidate candidate, FaceVerdict verdict, NearestDistances? nearest) => new()
    {
        Box = candidate.Detection.Box,
        Score = candidate.Detection.Score,
        Probabilities = candidate.Probabilities,
        Counted = verdict.Counted,
        Label = verdict.Label,
        TooClose = nearest?.TooClose ?? false,
        NearestPixelsTopLeft = nearest?.PixelsTopLeft,
        NearestPixelsCentre = nearest?.PixelsCentre,
        NearestMetres = nearest?.Metres,
    };
}
