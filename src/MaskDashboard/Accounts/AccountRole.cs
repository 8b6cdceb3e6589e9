namespace MaskDashboard.Accounts;

/// <summary>What somebody may do; each role may also do what those below it may.</summary>
public enum AccountRole
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See results, figures and reports, and export them.</summary>
    Viewer = 1,

    /// <summary>Upload photographs and correct results.</summary>
    Reviewer = 2,

    /// <summary>Change settings and accounts, and delete.</summary>
    Administrator = 3,
}

/// <summary>Somebody asked for what their role does not allow, past a page that does not offer it.</summary>
/// <param name="needed">The role that may.</param>
public sealed class AccessDeniedException(AccountRole needed) : Exception($"This needs the role {needed}: ask an administrator.")
{
    /// <summary>The role that may.</summary>
    public AccountRole Needed => needed;
}
