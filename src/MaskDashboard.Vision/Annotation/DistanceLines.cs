using System.Globalization;

namespace MaskDashboard.Vision.Annotation;

/// <summary>Chooses which pairs get a line, and what stands on it.</summary>
internal static class DistanceLines
{
    /// <summary>The pairs to draw, farthest first so that the nearest lie on top: all that are too close, or with more than <paramref name="maxLines"/> of them each face's nearest.</summary>
    public static IReadOnlyList<FacePair> Choose(FrameAnalysis analysis, int maxLines)
    {
        var rule = analysis.Settings.DistanceRule;
        var tooClose = analysis.Pairs.Where(pair => pair.TooClose).OrderBy(pair => pair.Distance(rule)).ToList();
        if (tooClose.Count > maxLines)
        {
            // Nearest first, so the first pair that names a face is its nearest one.
            var linked = new HashSet<int>();
            tooClose = [.. tooClose.Where(pair => linked.Add(pair.First) | linked.Add(pair.Second))];
        }

        tooClose.Reverse();
        return tooClose;
    }

    /// <summary>The distance with its unit, for instance <c>96 px</c> or <c>≈1.2 m</c> (metres are an estimate and say so).</summary>
    public static string Text(FacePair pair, DistanceRule rule) => rule == DistanceRule.Metres
        ? string.Create(CultureInfo.InvariantCulture, $"≈{pair.Metres:0.0} m")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(pair.Distance(rule)):0} px");
}
