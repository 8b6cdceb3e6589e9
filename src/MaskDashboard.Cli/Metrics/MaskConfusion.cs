using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Cli.Metrics;

/// <summary>Counts of true against predicted class; predictions are the stronger of the two outputs.</summary>
/// <param name="MaskAsMask">Faces with a mask called mask.</param>
/// <param name="MaskAsNoMask">Faces with a mask called no mask.</param>
/// <param name="NoMaskAsMask">Faces without (or with a badly worn) mask called mask.</param>
/// <param name="NoMaskAsNoMask">Faces without (or with a badly worn) mask called no mask.</param>
public readonly record struct MaskConfusion(int MaskAsMask, int MaskAsNoMask, int NoMaskAsMask, int NoMaskAsNoMask)
{
    /// <summary>Right among all.</summary>
    public Proportion Accuracy => new(MaskAsMask + NoMaskAsNoMask, MaskAsMask + MaskAsNoMask + NoMaskAsMask + NoMaskAsNoMask);

    /// <summary>Right among faces with a mask.</summary>
    public Proportion MaskRecall => new(MaskAsMask, MaskAsMask + MaskAsNoMask);

    /// <summary>Right among faces without one.</summary>
    public Proportion NoMaskRecall => new(NoMaskAsNoMask, NoMaskAsMask + NoMaskAsNoMask);

    /// <summary>Mean of the two recalls, so that the rarer class counts as much; the other one alone when a class is missing; null without faces.</summary>
    public double? BalancedAccuracy => (MaskRecall.Value, NoMaskRecall.Value) switch
    {
        ({ } mask, { } noMask) => (mask + noMask) / 2,
        (var mask, var noMask) => mask ?? noMask,
    };

    /// <summary>Counts pairs of truth and prediction.</summary>
    public static MaskConfusion Of(IEnumerable<(bool IsMask, bool PredictedMask)> faces)
    {
        var counts = new int[2, 2];
        foreach (var (isMask, predictedMask) in faces)
        {
            counts[isMask ? 0 : 1, predictedMask ? 0 : 1]++;
        }

        return new MaskConfusion(counts[0, 0], counts[0, 1], counts[1, 0], counts[1, 1]);
    }
}
