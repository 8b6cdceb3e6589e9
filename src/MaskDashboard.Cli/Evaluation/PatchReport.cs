using MaskDashboard.Cli.Metrics;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>What <c>evaluate-classifier</c> prints.</summary>
public sealed record PatchReport
{
    /// <summary>Images evaluated.</summary>
    public required int Images { get; init; }

    /// <summary>Right among all; a prediction is the stronger of the two outputs.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>95 % interval of <see cref="Accuracy"/>.</summary>
    public required double[]? AccuracyInterval { get; init; }

    /// <summary>Mean of the recalls of mask and no mask.</summary>
    public required double? BalancedAccuracy { get; init; }

    /// <summary>True against predicted class.</summary>
    public required ConfusionReport Confusion { get; init; }

    /// <summary>Expected calibration error of the decision between mask and no mask, 15 bins.</summary>
    public required double? Ece { get; init; }

    /// <summary>The same with the stronger output itself as confidence.</summary>
    public required double? EceStrongerOutput { get; init; }

    /// <summary>Images left out because they nearly equal one of the other set.</summary>
    public required int NearDuplicatesDropped { get; init; }

    /// <summary>The images that were called wrong, by name.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    /// <summary>The classifier file with its short hash.</summary>
    public required string Model { get; init; }

    /// <summary>Mean milliseconds a face, without decoding.</summary>
    public required double ClassifyPerFace { get; init; }

    /// <summary>Computes the report.</summary>
    /// <param name="patches">Name, class and outputs of every image.</param>
    /// <param name="nearDuplicatesDropped">How many were left out before.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="classifyMilliseconds">Time for all of them.</param>
    public static PatchReport Of(IReadOnlyList<(string Name, bool IsMask, MaskProbabilities Outputs)> patches, int nearDuplicatesDropped, string model, double classifyMilliseconds)
    {
        var judged = patches.Select(patch => (patch.Name, patch.IsMask, PredictedMask: patch.Outputs.Mask >= patch.Outputs.NoMask, patch.Outputs)).ToList();
        var confusion = MaskConfusion.Of(judged.Select(patch => (patch.IsMask, patch.PredictedMask)));
        return new PatchReport
        {
            Images = patches.Count,
            Accuracy = confusion.Accuracy.Value,
            AccuracyInterval = confusion.Accuracy.Interval is var (low, high) ? [low, high] : null,
            BalancedAccuracy = confusion.BalancedAccuracy,
            Confusion = ConfusionReport.Of(confusion),
            Ece = CalibrationError.Expected([.. judged.Select(patch => (CalibrationError.DecisionConfidence(patch.Outputs), patch.PredictedMask == patch.IsMask))]),
            EceStrongerOutput = CalibrationError.Expected(
                [.. judged.Select(patch => ((double)Math.Max(patch.Outputs.Mask, patch.Outputs.NoMask), patch.PredictedMask == patch.IsMask))]),
            NearDuplicatesDropped = nearDuplicatesDropped,
            Wrong = [.. judged.Where(patch => patch.PredictedMask != patch.IsMask).Select(patch => patch.Name)],
            Model = model,
            ClassifyPerFace = patches.Count == 0 ? 0 : classifyMilliseconds / patches.Count,
        };
    }
}
