namespace MaskDashboard.Cli.Metrics;

/// <summary>Confidence intervals for figures that are no plain proportion, such as average precision.</summary>
public static class Bootstrap
{
    private const int Seed = 20260101;

    /// <summary>The 95 % percentile interval over resampled images (Efron 1979). Images, not faces, are drawn: faces of one photograph are alike.</summary>
    /// <param name="images">Facts by image.</param>
    /// <param name="figure">The figure of a set of images.</param>
    /// <param name="resamples">How many sets are drawn. With the fixed seed the same images give the same interval.</param>
    /// <returns>Lower and upper end; null with fewer than two images.</returns>
    public static (double Low, double High)? Interval<T>(IReadOnlyList<T> images, Func<IReadOnlyList<T>, double> figure, int resamples = 400)
    {
        if (images.Count < 2)
        {
            return null;
        }

        var random = new Random(Seed);
        var figures = new double[resamples];
        var drawn = new T[images.Count];
        for (var i = 0; i < resamples; i++)
        {
            for (var j = 0; j < drawn.Length; j++)
            {
                drawn[j] = images[random.Next(images.Count)];
            }

            figures[i] = figure(drawn);
        }

        Array.Sort(figures);
        return (figures[(int)Math.Floor(0.025 * (resamples - 1))], figures[(int)Math.Ceiling(0.975 * (resamples - 1))]);
    }
}
