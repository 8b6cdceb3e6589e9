namespace MaskDashboard.Vision.Distancing;

/// <summary>Chooses the focal length behind distances in metres: the photograph's own, else the site's field of view, else the default one.</summary>
public static class FocalLengthSelection
{
    /// <summary>Chooses the focal length for an image.</summary>
    /// <param name="measurement">The image's size and the focal length from its EXIF data, if any.</param>
    /// <param name="settings">The default field of view.</param>
    /// <param name="siteFieldOfViewDegrees">Field of view of the site's camera along the longer side of its picture, degrees between 0 and 180; null when not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The site's field of view is not between 0 and 180 degrees.</exception>
    public static FocalLength Choose(FrameMeasurement measurement, AnalysisSettings settings, double? siteFieldOfViewDegrees)
    {
        if (measurement.ExifFocalLengthPixels is > 0 and < double.PositiveInfinity)
        {
            return new FocalLength(measurement.ExifFocalLengthPixels.Value, FocalLengthSource.Exif);
        }

        // A camera turned upright keeps its lens: the field of view belongs to the longer side, whichever way that lies.
        var longerSide = Math.Max(measurement.Width, measurement.Height);
        return siteFieldOfViewDegrees is { } degrees
            ? new FocalLength(FromFieldOfView(longerSide, degrees), FocalLengthSource.Site)
            : new FocalLength(FromFieldOfView(longerSide, settings.DefaultFieldOfViewDegrees), FocalLengthSource.DefaultFieldOfView);
    }

    /// <summary>Focal length of a pinhole camera, f = (side / 2) / tan(field of view / 2), pixels.</summary>
    /// <param name="sidePixels">The side the field of view is measured along, pixels.</param>
    /// <param name="fieldOfViewDegrees">Field of view, degrees, between 0 and 180 (both exclusive).</param>
    /// <exception cref="ArgumentOutOfRangeException">The field of view is out of its range.</exception>
    public static double FromFieldOfView(int sidePixels, double fieldOfViewDegrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fieldOfViewDegrees);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fieldOfViewDegrees, 180);
        return sidePixels / 2.0 / Math.Tan(fieldOfViewDegrees * Math.PI / 360);
    }
}
