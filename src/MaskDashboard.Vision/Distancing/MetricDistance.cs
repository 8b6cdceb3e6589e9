namespace MaskDashboard.Vision.Distancing;

/// <summary>A point in front of the camera, metres. The camera is the origin, X points right, Y down, Z away from it.</summary>
/// <param name="X">Right of the optical axis, metres.</param>
/// <param name="Y">Below the optical axis, metres.</param>
/// <param name="Z">Depth along the optical axis, metres.</param>
public readonly record struct FacePosition(double X, double Y, double Z)
{
    /// <summary>Euclidean distance to <paramref name="other"/>, metres.</summary>
    /// <param name="other">The other point.</param>
    public double DistanceTo(in FacePosition other)
    {
        var (x, y, z) = (X - other.X, Y - other.Y, Z - other.Z);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}

/// <summary>
/// Estimates where a face is in the room from its size in the picture, by the pinhole model: a face <see cref="FaceWidthMetres"/> wide that covers
/// w pixels under a focal length of f pixels stands at Z = f · 0.16 / w; X = (cx − W/2) · Z / f and Y = (cy − H/2) · Z / f, with (cx, cy) the centre
/// of its box in an image of W x H pixels. The distance of two faces is the Euclidean one between these points, so a difference in depth counts.
/// </summary>
/// <remarks>
/// How wrong it can be. Every coordinate is proportional to the assumed face width: if both people's faces are really x % wider, their distance is x % greater.
/// An error of x % in one face alone (a narrower head, a box drawn x % too tight, a face turned aside) moves that face by x % of its depth: at 4 m, 10 % is 0.4 m,
/// as much as the threshold itself may be. Adults' faces vary by about ±10 % around 0.16 m, and a box drawn on a 20-pixel face is easily ±10 % off.
/// A focal length that is x % too long makes depth, and with it differences in depth, x % too great and leaves X and Y as they are.
/// The principal point is taken to be the middle of the image, so a cropped photograph shifts X and Y.
/// </remarks>
public static class MetricDistance
{
    /// <summary>The width every face is taken to have, metres: 0.16, the breadth of an adult's face box from ear to ear.</summary>
    public const double FaceWidthMetres = 0.16;

    /// <summary>Estimates where a face is.</summary>
    /// <param name="face">Its box, pixels.</param>
    /// <param name="focalLengthPixels">Focal length in pixels of this image, greater than zero.</param>
    /// <param name="imageWidthPixels">Width of the oriented image, pixels.</param>
    /// <param name="imageHeightPixels">Height of the oriented image, pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The box or the focal length is not greater than zero.</exception>
    public static FacePosition Locate(in BoundingBox face, double focalLengthPixels, int imageWidthPixels, int imageHeightPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(face.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(focalLengthPixels);
        var metresPerPixel = FaceWidthMetres / face.Width;
        return new FacePosition(
            (face.CentreX - (imageWidthPixels / 2.0)) * metresPerPixel,
            (face.CentreY - (imageHeightPixels / 2.0)) * metresPerPixel,
            focalLengthPixels * metresPerPixel);
    }
}
