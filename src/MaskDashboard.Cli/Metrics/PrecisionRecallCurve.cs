namespace MaskDashboard.Cli.Metrics;

/// <summary>One detection when it comes to counting: its score and whether it found something.</summary>
/// <param name="Score">Confidence; more is surer.</param>
/// <param name="IsTrue">Whether it matches a ground-truth box that no stronger detection matched.</param>
public readonly record struct ScoredDetection(double Score, bool IsTrue);

/// <summary>Precision and recall at one score threshold.</summary>
/// <param name="Score">Detections with at least this score are kept.</param>
/// <param name="Precision">True detections / detections kept, 0 to 1.</param>
/// <param name="Recall">True detections / ground-truth boxes, 0 to 1.</param>
public readonly record struct OperatingPoint(double Score, double Precision, double Recall);

/// <summary>
/// Precision against recall over every score threshold. Detections of equal score enter together, since no threshold tells them apart;
/// a detector without scores has a single point.
/// </summary>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(IReadOnlyList<OperatingPoint> points) => Points = points;

    /// <summary>The points, highest threshold first: recall never falls.</summary>
    public IReadOnlyList<OperatingPoint> Points { get; }

    /// <summary>
    /// Average precision: the area under the curve with precision made non-increasing from the right, over every point of recall
    /// (PASCAL VOC since 2010, Everingham et al., IJCV 2015, not the older eleven points). Recall that is never reached counts as precision 0.
    /// </summary>
    public double AveragePrecision
    {
        get
        {
            var area = 0.0;
            var highest = 0.0;
            for (var i = Points.Count - 1; i >= 0; i--)
            {
                highest = Math.Max(highest, Points[i].Precision);
                area += (Points[i].Recall - (i == 0 ? 0 : Points[i - 1].Recall)) * highest;
            }

            return area;
        }
    }

    /// <summary>Builds the curve.</summary>
    /// <param name="detections">In any order.</param>
    /// <param name="groundTruth">Number of ground-truth boxes.</param>
    /// <returns>The curve; without points when there is no ground truth or no detection.</returns>
    public static PrecisionRecallCurve From(IEnumerable<ScoredDetection> detections, int groundTruth)
    {
        var points = new List<OperatingPoint>();
        var (kept, found) = (0, 0);
        if (groundTruth > 0)
        {
            foreach (var group in detections.GroupBy(detection => detection.Score).OrderByDescending(group => group.Key))
            {
                kept += group.Count();
                found += group.Count(detection => detection.IsTrue);
                points.Add(new OperatingPoint(group.Key, (double)found / kept, (double)found / groundTruth));
            }
        }

        return new PrecisionRecallCurve(points);
    }

    /// <summary>Points that are at least <paramref name="step"/> of recall apart, and the last one.</summary>
    /// <param name="step">Recall, 0 to 1.</param>
    public IReadOnlyList<OperatingPoint> Thinned(double step)
    {
        var kept = new List<OperatingPoint>();
        for (var i = 0; i < Points.Count; i++)
        {
            if (kept.Count == 0 || i == Points.Count - 1 || Points[i].Recall >= kept[^1].Recall + step)
            {
                kept.Add(Points[i]);
            }
        }

        return kept;
    }

    /// <summary>The highest recall among the thresholds whose precision is at least <paramref name="precision"/>; 0 when there is none.</summary>
    public double RecallAtPrecision(double precision) =>
        Points.Where(point => point.Precision >= precision).Select(point => point.Recall).DefaultIfEmpty(0).Max();

    /// <summary>The lowest score threshold that reaches <see cref="RecallAtPrecision"/>; null when no threshold has that precision.</summary>
    public double? ScoreAtPrecision(double precision) =>
        Points.Where(point => point.Precision >= precision).Select(point => (double?)point.Score).Min();
}
