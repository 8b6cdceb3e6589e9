using MaskDashboard.Vision;

namespace MaskDashboard.Storage;

/// <summary>
/// Counts over the current, finished analyses of a quarter hour, a site, a detector and a review state. Quarter hours serve
/// every time zone. Written by triggers only, see <see cref="RollupTriggers"/>; one that counts nothing any more stays until the next start, so that
/// whoever holds a copy learns of it.
/// </summary>
public sealed class FigureRollup
{
    /// <summary><see cref="SiteId"/> of the rows that count every site together.</summary>
    public const long AllSites = -1;

    /// <summary><see cref="SiteId"/> of photographs without a site.</summary>
    public const long NoSite = 0;

    /// <summary>The site, <see cref="NoSite"/> or <see cref="AllSites"/>.</summary>
    public long SiteId { get; set; }

    /// <summary>Quarter hours since the first of January of the year 1, UTC; see <see cref="QuarterHour"/>.</summary>
    public long Quarter { get; set; }

    /// <summary>The engine.</summary>
    public DetectorKind Detector { get; set; }

    /// <summary>Whether the photographs are marked as reviewed.</summary>
    public bool Reviewed { get; set; }

    /// <summary>Photographs.</summary>
    public int Images { get; set; }

    /// <summary>Faces with a mask.</summary>
    public int Mask { get; set; }

    /// <summary>Faces without one.</summary>
    public int NoMask { get; set; }

    /// <summary>Uncertain faces.</summary>
    public int Uncertain { get; set; }

    /// <summary>Faces nearer to another than MIN_DISTANCE.</summary>
    public int TooClose { get; set; }

    /// <summary>Faces on photographs with two faces or more: those that have a distance to keep.</summary>
    public int FacesInPairs { get; set; }

    /// <summary>Greater than that of every row written before: what a copy has not seen yet.</summary>
    public long Version { get; set; }
}

/// <summary>When a set of models first finished an analysis. Written by triggers only; outlives the analysis.</summary>
public sealed class ModelUse
{
    /// <summary>The engine.</summary>
    public DetectorKind Detector { get; set; }

    /// <summary>As in <see cref="ImageAnalysis.ModelVersion"/>.</summary>
    public required string ModelVersion { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime FirstUsedAtUtc { get; set; }
}

/// <summary>Whole quarter hours since the first of January of the year 1, as times and back.</summary>
public static class QuarterHour
{
    /// <summary>Minutes of one.</summary>
    public const int Minutes = 15;

    /// <summary>Quarter hours of a day.</summary>
    public const int PerDay = 96;

    private const long Ticks = Minutes * TimeSpan.TicksPerMinute;

    /// <summary>The quarter hour a time is in.</summary>
    /// <param name="utc">UTC.</param>
    public static long Of(DateTime utc) => utc.Ticks / Ticks;

    /// <summary>The first quarter hour that begins at a time or after it.</summary>
    /// <param name="utc">UTC.</param>
    public static long From(DateTime utc) => (utc.Ticks + Ticks - 1) / Ticks;

    /// <summary>Whether one begins at a time; also when there is none.</summary>
    /// <param name="utc">UTC.</param>
    public static bool IsStart(DateTime? utc) => utc is null || utc.Value.Ticks % Ticks == 0;

    /// <summary>When a quarter hour begins, UTC.</summary>
    /// <param name="quarter">The quarter hour.</param>
    public static DateTime StartUtc(long quarter) => new(quarter * Ticks, DateTimeKind.Utc);
}
