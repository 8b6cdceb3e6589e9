namespace MaskDashboard.Vision;

/// <summary>
/// How sure both networks together are that a detection is a face. The classifier sees every candidate anyway, and on what is no face
/// both its outputs are low: it tells false detections from faces better than the detector's score alone.
/// </summary>
public static class FaceConfidence
{
    /// <summary>How much the classifier has to say; the rest is the detector's. Chosen on the val split, where 0.1 to 0.4 differ little.</summary>
    public const float ClassifierWeight = 0.3f;

    /// <summary>The weighted geometric mean of the detector's score and the classifier's stronger output, 0 to 1; 1 for a face without doubt about it (Haar, which has no score, or drawn by a person).</summary>
    /// <param name="score">The detector's score, 0 to 1.</param>
    /// <param name="probabilities">The classifier's outputs.</param>
    public static float Of(float score, MaskProbabilities probabilities) =>
        score >= 1 ? 1 : MathF.Pow(score, 1 - ClassifierWeight) * MathF.Pow(Math.Max(probabilities.Mask, probabilities.NoMask), ClassifierWeight);
}
