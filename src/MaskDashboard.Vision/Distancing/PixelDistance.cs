namespace MaskDashboard.Vision.Distancing;

/// <summary>Distances on the picture plane. They say nothing about depth: two faces one behind the other are near in pixels and may be far apart in the room.</summary>
public static class PixelDistance
{
    /// <summary>Euclidean distance between the top-left corners of two boxes, pixels: the notebook's measure.</summary>
    /// <param name="first">One box.</param>
    /// <param name="second">The other box.</param>
    public static double BetweenTopLeftCorners(in BoundingBox first, in BoundingBox second) =>
        Length(first.X - (double)second.X, first.Y - (double)second.Y);

    /// <summary>Euclidean distance between the centres of two boxes, pixels. Unlike the corners it does not depend on the size of the faces.</summary>
    /// <param name="first">One box.</param>
    /// <param name="second">The other box.</param>
    public static double BetweenCentres(in BoundingBox first, in BoundingBox second) =>
        Length(first.CentreX - (double)second.CentreX, first.CentreY - (double)second.CentreY);

    // Not Hypot: the square root of whole-numbered squares is exact, so 130 pixels are 130 and "strictly less than" holds.
    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
