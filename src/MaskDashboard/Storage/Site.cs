namespace MaskDashboard.Storage;

/// <summary>A camera or place that photographs come from.</summary>
public sealed class Site
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>Unique name, compared without case; 1 to 80 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Horizontal field of view of the site's camera in degrees, for photographs without a focal length of their own; null for the default.</summary>
    public double? FieldOfViewDegrees { get; set; }

    /// <summary>When the site was first named, UTC.</summary>
    public DateTime CreatedAtUtc { get; set; }
}
