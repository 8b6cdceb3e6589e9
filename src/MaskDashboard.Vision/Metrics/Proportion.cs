namespace MaskDashboard.Vision.Metrics;

/// <summary>A share of counted things with its 95 % confidence interval after Wilson (1927), which holds near 0 and 1 and for small counts.</summary>
/// <param name="Hits">How many have the property.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct Proportion(int Hits, int Total)
{
    private const double Z = 1.959964;

    /// <summary>Hits / total, 0 to 1; null when there is nothing to count.</summary>
    public double? Value => Total == 0 ? null : (double)Hits / Total;

    /// <summary>Lower and upper end of the interval, 0 to 1; null when there is nothing to count.</summary>
    public (double Low, double High)? Interval
    {
        get
        {
            if (Total == 0)
            {
                return null;
            }

            var share = (double)Hits / Total;
            var squared = Z * Z / Total;
            var middle = (share + (squared / 2)) / (1 + squared);
            var half = Z * Math.Sqrt((share * (1 - share) / Total) + (squared / (4 * Total))) / (1 + squared);
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    /// <summary>Counts the items that have a property.</summary>
    public static Proportion Of<T>(IEnumerable<T> items, Func<T, bool> has)
    {
        var (hits, total) = (0, 0);
        foreach (var item in items)
        {
            total++;
            hits += has(item) ? 1 : 0;
        }

        return new Proportion(hits, total);
    }
}
