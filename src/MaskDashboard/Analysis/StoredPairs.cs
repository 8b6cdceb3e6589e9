using MaskDashboard.Storage;

namespace MaskDashboard.Analysis;

/// <summary>Writes the pairs of an analysis. Rows that say the same already stay: most of a history does not change.</summary>
internal static class StoredPairs
{
    /// <summary>Makes an analysis hold certain pairs.</summary>
    /// <param name="analysis">With its pairs.</param>
    /// <param name="wanted">The pairs.</param>
    public static void Replace(ImageAnalysis analysis, IReadOnlyList<FacePairDistance> wanted)
    {
        var stored = analysis.Pairs.ToDictionary(pair => (pair.FirstIndex, pair.SecondIndex));
        foreach (var pair in wanted)
        {
            if (stored.Remove((pair.FirstIndex, pair.SecondIndex), out var row))
            {
                (row.PixelsTopLeft, row.PixelsCentre, row.Metres, row.TooClose) = (pair.PixelsTopLeft, pair.PixelsCentre, pair.Metres, pair.TooClose);
            }
            else
            {
                analysis.Pairs.Add(pair);
            }
        }

        foreach (var gone in stored.Values)
        {
            analysis.Pairs.Remove(gone);
        }
    }
}
