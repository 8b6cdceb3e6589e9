using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>A range of face sizes, by the longer side of the box.</summary>
/// <param name="Name">As in the report.</param>
/// <param name="FromPixels">Smallest longer side, pixels, inclusive.</param>
/// <param name="ToPixels">Largest longer side, pixels, exclusive.</param>
public sealed record SizeBin(string Name, float FromPixels, float ToPixels)
{
    /// <summary>The bins of the report.</summary>
    public static IReadOnlyList<SizeBin> All { get; } =
    [
        new("<16", 0, 16), new("16-32", 16, 32), new("32-64", 32, 64), new(">64", 64, float.PositiveInfinity),
    ];

    /// <summary>Whether a box belongs here.</summary>
    public bool Contains(in BoundingBox box) => Math.Max(box.Width, box.Height) is var side && side >= FromPixels && side < ToPixels;
}
