using MaskDashboard.Vision;

namespace MaskDashboard.Compliance;

/// <summary>Counts over images. Sums of figures are figures of the whole.</summary>
/// <param name="Images">Images with a finished analysis; the same bytes uploaded twice count once.</param>
/// <param name="Faces">Counts over their faces.</param>
/// <param name="FacesInPairs">Faces on images with two faces or more; only they have a distance to keep.</param>
public readonly record struct PeriodFigures(int Images, ComplianceFigures Faces, int FacesInPairs = 0)
{
    /// <summary>Nothing counted.</summary>
    public static PeriodFigures None => default;

    /// <summary>Share of people in pairs who are too close to another, 0 to 1; null without any.</summary>
    public double? TooCloseShare => FacesInPairs == 0 ? null : (double)Faces.TooClose / FacesInPairs;

    /// <summary>Faces per image; null without images.</summary>
    public double? FacesEach => Images == 0 ? null : (double)Faces.Faces / Images;

    /// <summary>Adds two sets of counts.</summary>
    public static PeriodFigures operator +(PeriodFigures left, PeriodFigures right) =>
        new(left.Images + right.Images, left.Faces + right.Faces, left.FacesInPairs + right.FacesInPairs);
}

/// <summary>The figures of a site.</summary>
/// <param name="SiteId">The site; null for photographs without one.</param>
/// <param name="SiteName">Its name; null for photographs without one.</param>
/// <param name="Figures">Its figures.</param>
public sealed record SiteFigures(long? SiteId, string? SiteName, PeriodFigures Figures);

/// <summary>A moment at which results may begin to differ for another reason than what happened in front of the camera.</summary>
/// <param name="AtUtc">When, UTC.</param>
/// <param name="SettingsVersion">Number of the settings version that came into force; null when a model changed.</param>
/// <param name="Reason">Why the settings were changed; null when a model changed.</param>
/// <param name="Detector">The engine whose models changed; null when settings changed.</param>
/// <param name="ModelVersion">Its models from then on; null when settings changed.</param>
public sealed record ChangeMark(DateTime AtUtc, long? SettingsVersion, string? Reason, DetectorKind? Detector, string? ModelVersion);

/// <summary>Everything an overview of a period shows.</summary>
/// <param name="Total">The period.</param>
/// <param name="Before">The same length of time before it; null when the period has no start.</param>
/// <param name="Step">Length of a slot.</param>
/// <param name="StartUtc">First moment of the charts, UTC.</param>
/// <param name="EndUtc">First moment after the charts, UTC.</param>
/// <param name="Slots">The period cut into slots, those without photographs included.</param>
/// <param name="Hours">Figures by weekday and hour of the viewer's clock; first index the weekday from Sunday, second the hour.</param>
/// <param name="Sites">The sites with photographs, most first.</param>
/// <param name="Marks">Changes within the charts, oldest first.</param>
public sealed record PeriodOverview(
    PeriodFigures Total,
    PeriodFigures? Before,
    ChartStep Step,
    DateTime StartUtc,
    DateTime EndUtc,
    IReadOnlyList<TimeSlot> Slots,
    PeriodFigures[][] Hours,
    IReadOnlyList<SiteFigures> Sites,
    IReadOnlyList<ChangeMark> Marks)
{
    /// <summary>Length of the charts in days.</summary>
    public double Days => (EndUtc - StartUtc).TotalDays;
}

/// <summary>The figures of a quarter of an hour.</summary>
/// <param name="StartUtc">Its begin, UTC.</param>
/// <param name="SiteId">The site, where each has its own; null for images without one, and for all together.</param>
/// <param name="Figures">The figures.</param>
public sealed record QuarterFigures(DateTime StartUtc, long? SiteId, PeriodFigures Figures);
