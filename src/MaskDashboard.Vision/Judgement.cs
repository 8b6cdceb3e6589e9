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
}
