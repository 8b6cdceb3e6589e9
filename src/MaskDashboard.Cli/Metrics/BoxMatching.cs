using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Metrics;

/// <summary>What became of one detection.</summary>
/// <param name="Detection">Index of the detection.</param>
/// <param name="Truth">Index of the ground-truth box it found; null for a false detection.</param>
public readonly record struct BoxMatch(int Detection, int? Truth);

/// <summary>Matches detections with ground-truth boxes as PASCAL VOC does, IoU at least 0.5.</summary>
public static class BoxMatching
{
    /// <summary>The IoU from which a detection finds a box.</summary>
    public const float MinIou = 0.5f;

    /// <summary>
    /// Strongest first, each detection takes the ground-truth box it overlaps most, if by at least <see cref="MinIou"/> and not yet taken;
    /// else it is false, so a second detection of the same face is. What a prefix of the detections matches does not depend on the rest.
    /// </summary>
    /// <param name="truth">Ground-truth boxes of one image.</param>
    /// <param name="detections">Detections of the same image, strongest first.</param>
    /// <returns>One match for each detection, in their order.</returns>
    public static IReadOnlyList<BoxMatch> Match(IReadOnlyList<BoundingBox> truth, IReadOnlyList<BoundingBox> detections)
    {
        var taken = new bool[truth.Count];
        var matches = new BoxMatch[detections.Count];
        for (var index = 0; index < detections.Count; index++)
        {
            var (best, bestIou) = (-1, 0f);
            for (var candidate = 0; candidate < truth.Count; candidate++)
            {
                var iou = detections[index].IntersectionOverUnion(truth[candidate]);
                if (iou > bestIou)
                {
                    (best, bestIou) = (candidate, iou);
                }
            }

            var found = best >= 0 && bestIou >= MinIou && !taken[best];
            if (found)
            {
                taken[best] = true;
            }

            matches[index] = new BoxMatch(index, found ? best : null);
        }

        return matches;
    }
}
