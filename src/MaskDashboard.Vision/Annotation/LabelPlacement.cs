using SkiaSharp;

namespace MaskDashboard.Vision.Annotation;

/// <summary>Finds room for labels: inside the picture, and not over another label.</summary>
/// <param name="width">Width of the picture, pixels.</param>
/// <param name="height">Height of the picture, pixels.</param>
internal sealed class LabelPlacement(float width, float height)
{
    private readonly List<SKRect> _labels = [];
    private readonly List<SKRect> _obstacles = [];

    /// <summary>Marks a region that labels may cover only where nothing better is left, for instance a face.</summary>
    public void Avoid(SKRect region) => _obstacles.Add(region);

    /// <summary>Takes the first proposal that is free of labels and obstacles.</summary>
    /// <param name="proposals">Where a label may go, best first; each is moved into the picture.</param>
    /// <param name="own">An obstacle that does not count, because the label belongs to it.</param>
    public SKRect? TryPlace(IEnumerable<SKRect> proposals, SKRect? own = null)
    {
        foreach (var proposal in proposals)
        {
            var moved = Inside(proposal);
            if (IsFree(moved, _labels, null) && IsFree(moved, _obstacles, own))
            {
                _labels.Add(moved);
                return moved;
            }
        }

        return null;
    }

    /// <summary>Takes the proposal, moved into the picture, whatever it covers.</summary>
    public SKRect Place(SKRect proposal)
    {
        var moved = Inside(proposal);
        _labels.Add(moved);
        return moved;
    }

    private static bool IsFree(SKRect rect, List<SKRect> taken, SKRect? except)
    {
        foreach (var other in taken)
        {
            if (other != except && rect.IntersectsWith(other))
            {
                return false;
            }
        }

        return true;
    }

    private SKRect Inside(SKRect rect)
    {
        // A label wider than the picture starts at its left edge.
        var left = Math.Max(0, Math.Min(rect.Left, width - rect.Width));
        var top = Math.Max(0, Math.Min(rect.Top, height - rect.Height));
        return SKRect.Create(left, top, rect.Width, rect.Height);
    }
}
