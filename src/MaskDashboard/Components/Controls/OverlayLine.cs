using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Components.Controls;

/// <summary>A line between two faces that are too close.</summary>
/// <param name="First">One face.</param>
/// <param name="Second">The other.</param>
/// <param name="Distance">How far apart, with its unit.</param>
public sealed record OverlayLine(OverlayFace First, OverlayFace Second, string Distance)
{
    /// <summary>With more pairs than this, only those are drawn that are the nearest of one of their faces; as in the annotated download.</summary>
    public const int MaxLines = 12;

    /// <summary>From centre to centre, pixels of the photograph.</summary>
    public double LengthPixels => double.Hypot(Second.Box.CentreX - First.Box.CentreX, Second.Box.CentreY - First.Box.CentreY);

    /// <summary>Where the line leaves the first box and enters the second; the centres when the boxes overlap.</summary>
    public (double X1, double Y1, double X2, double Y2) Ends
    {
        get
        {
            var (from, to) = (First.Box, Second.Box);
            var (leave, enter) = (Exit(from, to), 1 - Exit(to, from));
            var (start, end) = leave < enter ? (leave, enter) : (0, 1);
            return (At(from.CentreX, to.CentreX, start), At(from.CentreY, to.CentreY, start), At(from.CentreX, to.CentreX, end), At(from.CentreY, to.CentreY, end));
        }
    }

    /// <summary>The pairs that are too close, as lines with their distance by the rule in force.</summary>
    /// <param name="faces">The faces of the analysis.</param>
    /// <param name="pairs">Its stored pairs.</param>
    /// <param name="rule">The rule in force.</param>
    public static IReadOnlyList<OverlayLine> Of(IReadOnlyList<OverlayFace> faces, IEnumerable<FacePairDistance> pairs, DistanceRule rule)
    {
        var byIndex = faces.Where(face => face.Counted).ToDictionary(face => face.Index);
        var tooClose = pairs
            .Where(pair => pair.TooClose && byIndex.ContainsKey(pair.FirstIndex) && byIndex.ContainsKey(pair.SecondIndex))
            .OrderBy(pair => DistanceOf(pair, rule))
            .ToList();
        if (tooClose.Count > MaxLines)
        {
            // Nearest first, so the first pair that names a face is its nearest one.
            var linked = new HashSet<int>();
            tooClose = [.. tooClose.Where(pair => linked.Add(pair.FirstIndex) | linked.Add(pair.SecondIndex))];
        }

        return [.. tooClose.Select(pair => new OverlayLine(byIndex[pair.FirstIndex], byIndex[pair.SecondIndex], FigureText.Distance(DistanceOf(pair, rule), rule)))];
    }

    private static double DistanceOf(FacePairDistance pair, DistanceRule rule) => rule switch
    {
        DistanceRule.PixelsTopLeft => pair.PixelsTopLeft,
        DistanceRule.PixelsCentre => pair.PixelsCentre,
        _ => pair.Metres,
    };

    private static double At(double from, double to, double share) => from + share * (to - from);

    // The share of the way to another box's centre at which this box is left.
    private static double Exit(BoundingBox box, BoundingBox target)
    {
        var x = Math.Abs(target.CentreX - box.CentreX);
        var y = Math.Abs(target.CentreY - box.CentreY);
        return Math.Min(1, Math.Min(x == 0 ? 1 : box.Width / 2 / x, y == 0 ? 1 : box.Height / 2 / y));
    }
}
