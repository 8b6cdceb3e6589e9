namespace MaskDashboard.Accounts;

/// <summary>Who looks at the page; one for each circuit or request.</summary>
public sealed class ViewerIdentity
{
    /// <summary>Key of the account; null in a run without accounts.</summary>
    public string? UserId { get; init; }

    /// <summary>Name to show; null in a run without accounts.</summary>
    public string? Name { get; init; }
}
