using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Metrics;

/// <summary>How far stated probabilities are from observed frequencies.</summary>
public static class CalibrationError
{
    /// <summary>Bins of equal width between 0 and 1.</summary>
    public const int Bins = 15;

    /// <summary>
    /// The confidence of a decision between mask and no mask: the stronger output as a share of both, 0.5 to 1. The outputs are independent and may both be low
    /// ("no face"); that refusal is counted on its own and is no doubt about which of the two it would be.
    /// </summary>
    /// <param name="outputs">The classifier's outputs.</param>
    public static double DecisionConfidence(MaskProbabilities outputs)
    {
        var sum = (double)outputs.Mask + outputs.NoMask;
        return sum <= 0 ? 0.5 : Math.Max(outputs.Mask, outputs.NoMask) / sum;
    }

    /// <summary>Expected calibration error (Guo et al., ICML 2017): Σ nᵇ / n · |share right in bin b − mean confidence in bin b|.</summary>
    /// <param name="predictions">Confidence 0 to 1, and whether the prediction is right.</param>
    /// <returns>0 (perfect) to 1; null without predictions.</returns>
    public static double? Expected(IReadOnlyCollection<(double Confidence, bool IsRight)> predictions)
    {
        if (predictions.Count == 0)
        {
            return null;
        }

        return predictions
            .GroupBy(prediction => Math.Clamp((int)Math.Ceiling(prediction.Confidence * Bins) - 1, 0, Bins - 1))
            .Sum(bin => Math.Abs(bin.Sum(prediction => (prediction.IsRight ? 1 : 0) - prediction.Confidence))) / predictions.Count;
    }
}
