namespace MaskDashboard.Vision;

/// <summary>An axis-aligned box in pixels of the oriented, full-resolution image; the origin is the image's top-left corner.</summary>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Width, pixels, greater than zero.</param>
/// <param name="Height">Height, pixels, greater than zero.</param>
public readonly record struct BoundingBox(float X, float Y, float Width, float Height)
{
    /// <summary>Right edge, pixels (exclusive).</summary>
    public float Right => X + Width;

    /// <summary>Bottom edge, pixels (exclusive).</summary>
    public float Bottom => Y + Height;

    /// <summary>Horizontal centre, pixels.</summary>
    public float CentreX => X + Width / 2;

    /// <summary>Vertical centre, pixels.</summary>
    public float CentreY => Y + Height / 2;

    /// <summary>Area in square pixels.</summary>
    public float Area => Width * Height;

    /// <summary>Intersection over union with <paramref name="other"/>, 0 to 1.</summary>
    /// <param name="other">The box to compare with.</param>
    public float IntersectionOverUnion(in BoundingBox other)
    {
        var overlapWidth = Math.Min(Right, other.Right) - Math.Max(X, other.X);
        var overlapHeight = Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y);
        if (overlapWidth <= 0 || overlapHeight <= 0)
        {
            return 0;
        }

        var intersection = overlapWidth * overlapHeight;
        return intersection / (Area + other.Area - intersection);
    }
}
