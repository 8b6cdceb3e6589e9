namespace MaskDashboard.Storage;

/// <summary>What a rule looks at.</summary>
public enum NotificationMeasure
{
    /// <summary>Mask compliance among decided faces; true below the limit.</summary>
    Compliance = 0,

    /// <summary>Share of people in pairs who are too close to another; true above the limit.</summary>
    TooClose = 1,
}

/// <summary>When administrators want to be told. It is true while its figure is past the limit and enough people are counted.</summary>
public sealed class NotificationRule
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>What its author calls it; 80 characters at most.</summary>
    public required string Name { get; set; }

    /// <summary>What it looks at.</summary>
    public NotificationMeasure Measure { get; set; }

    /// <summary>The limit, per cent, 0 to 100.</summary>
    public int LimitPercent { get; set; }

    /// <summary>Length of the period that ends now, hours, 1 to 720.</summary>
    public int Hours { get; set; }

    /// <summary>The site; <see cref="FigureRollup.NoSite"/> for photographs without one, null for all together.</summary>
    public long? SiteId { get; set; }

    /// <summary>Fewer people than these raise no alarm: decided faces for compliance, faces in pairs for distance; 1 to 100,000.</summary>
    public int MinPeople { get; set; }

    /// <summary>Where it is posted, http or https; null for the page alone.</summary>
    public string? WebhookAddress { get; set; }

    /// <summary>The secret that signs the posts, protected by the program's keys; null without a webhook.</summary>
    public byte[]? ProtectedSecret { get; set; }

    /// <summary>Whether it is not looked at for now.</summary>
    public bool Paused { get; set; }

    /// <summary>Whether it was true and told when it was last looked at: it is silent until it was false again.</summary>
    public bool IsTrue { get; set; }

    /// <summary>When it last told, UTC; null for never, and after a change.</summary>
    public DateTime? ToldAtUtc { get; set; }

    /// <summary>Counts changes, so that figures of an older wording are not taken for those of a newer one.</summary>
    public int Revision { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAtUtc { get; set; }
}

/// <summary>A rule became true. It keeps the rule's wording and the figures of that moment, whatever becomes of them.</summary>
public sealed class Notification
{
    /// <summary>Primary key, in order of time.</summary>
    public long Id { get; set; }

    /// <summary>The rule; null once it was deleted.</summary>
    public long? RuleId { get; set; }

    /// <summary>Its name then.</summary>
    public required string RuleName { get; set; }

    /// <summary>What it looked at.</summary>
    public NotificationMeasure Measure { get; set; }

    /// <summary>Its limit, per cent.</summary>
    public int LimitPercent { get; set; }

    /// <summary>The site; <see cref="FigureRollup.NoSite"/> for photographs without one, null for all together.</summary>
    public long? SiteId { get; set; }

    /// <summary>The site's name; null without one.</summary>
    public string? SiteName { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>First moment of the figures, UTC.</summary>
    public DateTime SinceUtc { get; set; }

    /// <summary>First moment after the figures, UTC; the end of the quarter hour it was told in.</summary>
    public DateTime UntilUtc { get; set; }

    /// <summary>Photographs.</summary>
    public int Images { get; set; }

    /// <summary>Faces with a mask.</summary>
    public int Mask { get; set; }

    /// <summary>Faces without one.</summary>
    public int NoMask { get; set; }

    /// <summary>Uncertain faces.</summary>
    public int Uncertain { get; set; }

    /// <summary>Faces too close to another.</summary>
    public int TooClose { get; set; }

    /// <summary>Faces on photographs with two faces or more.</summary>
    public int FacesInPairs { get; set; }
}

/// <summary>Somebody has seen a notification.</summary>
public sealed class NotificationSeen
{
    /// <summary><see cref="UserId"/> of everybody in a run without accounts.</summary>
    public const string Everybody = "";

    /// <summary>The notification.</summary>
    public long NotificationId { get; set; }

    /// <summary>Key of the account; <see cref="Everybody"/> without accounts.</summary>
    public required string UserId { get; set; }
}
