namespace MaskDashboard.Vision.Detection;

/// <summary>
/// Merges what a detector found in two looks at one image, for instance at the mirrored one (test-time augmentation). What both see
/// keeps its score and gets a steadier box; what only one sees loses half of its score.
/// </summary>
internal static class TwoLooks
{
    /// <summary>Two boxes are of one face when they overlap by more than this: intersection over union.</summary>
    public const double SameFaceIou = 0.5;

    /// <summary>The floor of one look, as a part of the floor of their mean.</summary>
    public const double FloorOfOneLook = 0.25;

    /// <summary>Pairs the detections, strongest first, each with the strongest free one of the other look.</summary>
    /// <param name="first">What the first look found, overlaps already suppressed.</param>
    /// <param name="second">What the second found, in the same pixels.</param>
    /// <returns>The mean score of each pair (zero for a look that did not see the face) and its box, weighted by the scores.</returns>
    public static List<FaceDetection> Merge(IReadOnlyList<FaceDetection> first, IReadOnlyList<FaceDetection> second)
    {
        var free = first.Select(face => (Face: face, Look: 0)).Concat(second.Select(face => (Face: face, Look: 1)))
            .OrderByDescending(seen => seen.Face.Score).ToList();
        var merged = new List<FaceDetection>(free.Count);
        while (free.Count > 0)
        {
            var (face, look) = free[0];
            free.RemoveAt(0);
            var partner = free.FindIndex(other => other.Look != look && other.Face.Box.IntersectionOverUnion(face.Box) > SameFaceIou);
            if (partner < 0)
            {
                merged.Add(face with { Score = face.Score / 2 });
                continue;
            }

            merged.Add(Mean(face, free[partner].Face));
            free.RemoveAt(partner);
        }

        return merged;
    }

    private static FaceDetection Mean(FaceDetection stronger, FaceDetection weaker)
    {
        var part = weaker.Score / (stronger.Score + weaker.Score);
        float Between(float from, float to) => from + (to - from) * part;
        var (one, other) = (stronger.Box, weaker.Box);
        float left = Between(one.X, other.X), top = Between(one.Y, other.Y);
        return new FaceDetection(
            new BoundingBox(left, top, Between(one.Right, other.Right) - left, Between(one.Bottom, other.Bottom) - top),
            (stronger.Score + weaker.Score) / 2);
    }
}
