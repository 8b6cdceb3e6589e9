namespace MaskDashboard.Storage;

/// <summary>One immutable set of analysis settings. The newest is in force.</summary>
public sealed class SettingsVersion
{
    /// <summary>Primary key and version number shown to people.</summary>
    public long Id { get; set; }

    /// <summary>The settings as JSON, see <see cref="Vision.AnalysisSettings"/>.</summary>
    public required string SettingsJson { get; set; }

    /// <summary>
    /// The sites with a field of view of their own at that time: JSON from their key to degrees. Null in versions older than this column,
    /// whose results were made with what the sites had then.
    /// </summary>
    public string? SiteFieldsOfViewJson { get; set; }

    /// <summary>Why it was made; 1 to 500 characters.</summary>
    public required string Reason { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime CreatedAtUtc { get; set; }

    /// <summary>Key of the administrator's account; null for the first version and in a run without accounts.</summary>
    public string? CreatedById { get; set; }

    /// <summary>The version it replaced; null for the first.</summary>
    public long? ReplacesId { get; set; }
}
