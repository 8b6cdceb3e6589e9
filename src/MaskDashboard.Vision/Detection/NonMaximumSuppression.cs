namespace MaskDashboard.Vision.Detection;

/// <summary>Greedy non-maximum suppression.</summary>
internal static class NonMaximumSuppression
{
    /// <summary>Keeps the strongest detections; drops each that overlaps a kept one by more than <paramref name="maxIou"/>.</summary>
    /// <param name="detections">In any order; sorted in place, strongest first.</param>
    /// <param name="maxIou">Intersection over union, 0 to 1.</param>
    /// <param name="maxCount">Most kept.</param>
    public static List<FaceDetection> Apply(List<FaceDetection> detections, double maxIou, int maxCount)
    {
        detections.Sort((left, right) => right.Score.CompareTo(left.Score));
        var kept = new List<FaceDetection>();
        foreach (var detection in detections)
        {
            if (kept.Count >= maxCount)
            {
                break;
            }

            if (!kept.Exists(stronger => stronger.Box.IntersectionOverUnion(detection.Box) > maxIou))
            {
                kept.Add(detection);
            }
        }

        return kept;
    }
}
