namespace MaskDashboard.Storage;

/// <summary>How long what people upload is kept, in days since the upload; one row. Null keeps it until somebody deletes it.</summary>
public sealed class RetentionRules
{
    /// <summary>Primary key of the only row.</summary>
    public const long OnlyId = 1;

    /// <summary>Shortest time, days.</summary>
    public const int MinDays = 1;

    /// <summary>Longest time, days.</summary>
    public const int MaxDays = 3650;

    /// <summary>Primary key; always <see cref="OnlyId"/>.</summary>
    public long Id { get; set; } = OnlyId;

    /// <summary>After this the original goes; thumbnail and results stay. 1 to 3,650.</summary>
    public int? OriginalDays { get; set; }

    /// <summary>After this the annotated thumbnail goes; results stay. 1 to 3,650.</summary>
    public int? ThumbnailDays { get; set; }

    /// <summary>After this everything about the image goes. 1 to 3,650.</summary>
    public int? ResultDays { get; set; }

    /// <summary>Whether anything goes by itself.</summary>
    public bool Any => OriginalDays is not null || ThumbnailDays is not null || ResultDays is not null;
}
