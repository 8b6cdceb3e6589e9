namespace MaskDashboard.Storage;

/// <summary>A sign-in that was ended before its cookie expires: the cookie is refused, also by the next start of the program.</summary>
public sealed class EndedSession
{
    /// <summary>The sign-in.</summary>
    public required string Session { get; set; }

    /// <summary>When no cookie of it can be valid any more, UTC; the row is deleted then.</summary>
    public DateTime ExpiresAtUtc { get; set; }
}
