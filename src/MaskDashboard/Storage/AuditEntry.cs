namespace MaskDashboard.Storage;

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

/// <summary>
/// One line of the audit log; append-only, the database refuses every change. It names images by number and never by file name or hash:
/// what is deleted later must not live on here.
/// </summary>
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
