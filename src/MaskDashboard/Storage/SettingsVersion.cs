namespace MaskDashboard.Storage;

/// <summary>One immutable set of analysis settings. The newest is in force.</summary>
public sealed class SettingsVersion
{
    /// <summary>Primary key and version number shown to people.</summary>
    public long Id { get; set; }

    /// <summary>The settings as JSON, see <see cref="Vision.AnalysisSettings"/>.</summary>
    public required string SettingsJson { get; set; }

    /// <summary>Why it was made; 1 to 500 characters.</summary>
    public required string Reason { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime CreatedAtUtc { get; set; }

    /// <summary>Key of the administrator's account; null for the first version and in a run without accounts.</summary>
    public string? CreatedById { get; set; }

    /// <summary>The version it replaced; null for the first.</summary>
    public long? ReplacesId { get; set; }
}

/// <summary>What an audit entry is about.</summary>
public enum AuditAction
{
    /// <summary>Somebody signed in.</summary>
    SignIn = 0,

    /// <summary>A sign-in failed.</summary>
    SignInFailed = 1,

    /// <summary>Somebody signed out.</summary>
    SignOut = 2,

    /// <summary>An image was uploaded.</summary>
    Upload = 3,

    /// <summary>A face was corrected, drawn or a correction undone.</summary>
    Correction = 4,

    /// <summary>An image was marked as reviewed or no longer so.</summary>
    Review = 5,

    /// <summary>The analysis settings changed.</summary>
    Settings = 6,

    /// <summary>Images were deleted.</summary>
    Deletion = 7,

    /// <summary>Data were exported.</summary>
    Export = 8,

    /// <summary>An account, role or API key changed.</summary>
    Account = 9,

    /// <summary>A backup was taken or restored.</summary>
    Backup = 10,

    /// <summary>Privacy, retention or notification options changed.</summary>
    Administration = 11,
}

/// <summary>One line of the audit log; append-only.</summary>
public sealed class AuditEntry
{
    /// <summary>Primary key, in order of time.</summary>
    public long Id { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>Name of the account at that time; null for the program itself or a run without accounts.</summary>
    public string? UserName { get; set; }

    /// <summary>What it is about.</summary>
    public AuditAction Action { get; set; }

    /// <summary>One sentence: what happened to what; 1,000 characters at most.</summary>
    public required string Details { get; set; }

    /// <summary>Address the request came from; null for the program itself.</summary>
    public string? RemoteAddress { get; set; }
}
