using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Vision;

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

    /// <summary>Whether a detection counts as a face under the settings.</summary>
    /// <param name="detection">Box and score.</param>
    /// <param name="detector">The engine that found it; Haar has no score.</param>
    /// <param name="settings">Thresholds.</param>
    public static bool Counts(FaceDetection detection, DetectorKind detector, AnalysisSettings settings) =>
        (detector == DetectorKind.Haar || detection.Score >= settings.MinDetectionScore)
        && Math.Min(detection.Box.Width, detection.Box.Height) >= settings.MinFaceSizePixels;

    /// <summary>Judges an image: which candidates count, their labels, who is too close to whom.</summary>
    /// <param name="measurement">What inference measured.</param>
    /// <param name="settings">Thresholds and the distance rule in force.</param>
    /// <param name="siteFieldOfViewDegrees">Field of view of the site's camera along the longer side of its picture, degrees; null when not known.</param>
    /// <returns>The result; <see cref="FrameAnalysis.Times"/> is left empty. Faces that do not count, and a single counted face, carry no distances.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A box has no width, or the field of view is not between 0 and 180 degrees.</exception>
    public static FrameAnalysis Judge(FrameMeasurement measurement, AnalysisSettings settings, double? siteFieldOfViewDegrees = null)
    {
        var candidates = measurement.Candidates;
        var counted = Enumerable.Range(0, candidates.Count)
            .Where(index => Counts(candidates[index].Detection, measurement.Detector, settings))
            .ToArray();
        var focalLength = FocalLengthSelection.Choose(measurement, settings, siteFieldOfViewDegrees);
        var distances = FaceDistances.Measure(candidates, counted, focalLength, measurement, settings);
        var countedSet = counted.ToHashSet();
        return new FrameAnalysis
        {
            Measurement = measurement,
            Settings = settings,
            FocalLength = focalLength,
            Faces = [.. candidates.Select((candidate, index) => Judge(
                candidate,
                countedSet.Contains(index),
                distances.Nearest.TryGetValue(index, out var nearest) ? nearest : null,
                settings))],
            Pairs = distances.Pairs,
        };
    }

    private static FaceResult Judge(FaceCandidate candidate, bool counted, NearestDistances? nearest, AnalysisSettings settings) => new()
    {
        Box = candidate.Detection.Box,
        Score = candidate.Detection.Score,
        Probabilities = candidate.Probabilities,
        Counted = counted,
        Label = Label(candidate.Probabilities, settings),
        TooClose = nearest?.TooClose ?? false,
        NearestPixelsTopLeft = nearest?.PixelsTopLeft,
        NearestPixelsCentre = nearest?.PixelsCentre,
        NearestMetres = nearest?.Metres,
    };
}
