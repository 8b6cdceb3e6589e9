namespace MaskDashboard.Vision.Detection;

/// <summary>
/// Merges what a detector found in several looks at one image, for instance at the mirrored one (test-time augmentation). What all see
/// keeps its score and gets a steadier box; what only some see loses the others' part of its score.
/// </summary>
internal static class Looks
{
    /// <summary>Two boxes are of one face when they overlap by more than this: intersection over union.</summary>
    public const double SameFaceIou = 0.5;

    /// <summary>The floor of one look, as a part of the floor of the mean: the mean can reach its floor although one look does not.</summary>
    public const double FloorOfOneLook = 0.25;

    /// <summary>Groups the detections, strongest first: each takes the strongest free one of every other look that lies on it.</summary>
    /// <param name="looks">What each look found, overlaps already suppressed, in the same pixels.</param>
    /// <returns>The mean score of each group (zero for a look that did not see the face) and its box, weighted by the scores.</returns>
    public static List<FaceDetection> Merge(params IReadOnlyList<IReadOnlyList<FaceDetection>> looks)
    {
        var free = looks.SelectMany((faces, look) => faces.Select(face => (Face: face, Look: look)))
            .OrderByDescending(seen => seen.Face.Score).ToList();
        var merged = new List<FaceDetection>(free.Count);
        while (free.Count > 0)
        {
            var strongest = free[0];
            free.RemoveAt(0);
            List<FaceDetection> group = [strongest.Face];
            for (var look = 0; look < looks.Count; look++)
            {
                var same = look == strongest.Look
                    ? -1
                    : free.FindIndex(other => other.Look == look && other.Face.Box.IntersectionOverUnion(strongest.Face.Box) > SameFaceIou);
                if (same >= 0)
                {
                    group.Add(free[same].Face);
                    free.RemoveAt(same);
                }
            }

            merged.Add(Mean(group, looks.Count));
        }

        return merged;
    }

    private static FaceDetection Mean(List<FaceDetection> group, int looks)
    {
        var total = group.Sum(face => face.Score);
        float Weighted(Func<BoundingBox, float> side) => group.Sum(face => face.Score * side(face.Box)) / total;
        float left = Weighted(box => box.X), top = Weighted(box => box.Y);
        return new FaceDetection(new BoundingBox(left, top, Weighted(box => box.Right) - left, Weighted(box => box.Bottom) - top), total / looks);
    }
}
