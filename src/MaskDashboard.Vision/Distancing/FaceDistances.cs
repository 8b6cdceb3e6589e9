namespace MaskDashboard.Vision.Distancing;

/// <summary>A face's distance to its nearest neighbour by every rule; the neighbour need not be the same one for each.</summary>
/// <param name="PixelsTopLeft">Between top-left corners, pixels.</param>
/// <param name="PixelsCentre">Between centres, pixels.</param>
/// <param name="Metres">Estimated, metres.</param>
/// <param name="TooClose">Whether any neighbour is nearer than MIN_DISTANCE by the rule in force.</param>
public readonly record struct NearestDistances(double PixelsTopLeft, double PixelsCentre, double Metres, bool TooClose);

/// <summary>Measures every pair of faces by every rule: n (n − 1) / 2 pairs, 44,850 for 300 faces.</summary>
public sealed class FaceDistances
{
    private static readonly FaceDistances s_none = new([], new Dictionary<int, NearestDistances>());

    private FaceDistances(IReadOnlyList<FacePair> pairs, IReadOnlyDictionary<int, NearestDistances> nearest)
    {
        Pairs = pairs;
        Nearest = nearest;
    }

    /// <summary>Every pair, by first then second index; empty with fewer than two faces.</summary>
    public IReadOnlyList<FacePair> Pairs { get; }

    /// <summary>For each face, by its index: how far its nearest neighbour is. Empty with fewer than two faces, for then nothing can be said.</summary>
    public IReadOnlyDictionary<int, NearestDistances> Nearest { get; }

    /// <summary>Measures the faces with the given indices against each other.</summary>
    /// <param name="candidates">All candidates of the image.</param>
    /// <param name="counted">Ascending indices into <paramref name="candidates"/> of those that count as faces.</param>
    /// <param name="focalLength">Focal length of the image.</param>
    /// <param name="measurement">Size of the image.</param>
    /// <param name="settings">The rule in force and its MIN_DISTANCE; strictly less is too close.</param>
    public static FaceDistances Measure(
        IReadOnlyList<FaceCandidate> candidates,
        IReadOnlyList<int> counted,
        FocalLength focalLength,
        FrameMeasurement measurement,
        AnalysisSettings settings)
    {
        if (counted.Count < 2)
        {
            return s_none;
        }

        var boxes = counted.Select(index => candidates[index].Detection.Box).ToArray();
        var positions = Array.ConvertAll(boxes, box => MetricDistance.Locate(box, focalLength.Pixels, measurement.Width, measurement.Height));
        var nearest = new NearestDistances[boxes.Length];
        Array.Fill(nearest, new NearestDistances(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, false));
        var pairs = new List<FacePair>(boxes.Length * (boxes.Length - 1) / 2);
        for (var first = 0; first < boxes.Length; first++)
        {
            for (var second = first + 1; second < boxes.Length; second++)
            {
                var pair = new FacePair(
                    counted[first],
                    counted[second],
                    PixelDistance.BetweenTopLeftCorners(boxes[first], boxes[second]),
                    PixelDistance.BetweenCentres(boxes[first], boxes[second]),
                    positions[first].DistanceTo(positions[second]),
                    TooClose: false);
                pair = pair with { TooClose = pair.Distance(settings.DistanceRule) < settings.MinDistance };
                pairs.Add(pair);
                nearest[first] = Nearer(nearest[first], pair);
                nearest[second] = Nearer(nearest[second], pair);
            }
        }

        return new FaceDistances(pairs, counted.Zip(nearest).ToDictionary(face => face.First, face => face.Second));
    }

    private static NearestDistances Nearer(NearestDistances soFar, FacePair pair) => new(
        Math.Min(soFar.PixelsTopLeft, pair.PixelsTopLeft),
        Math.Min(soFar.PixelsCentre, pair.PixelsCentre),
        Math.Min(soFar.Metres, pair.Metres),
        soFar.TooClose || pair.TooClose);
}
