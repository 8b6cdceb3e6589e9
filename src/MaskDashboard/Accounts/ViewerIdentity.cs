namespace MaskDashboard.Accounts;

/// <summary>Who looks at the page; one for each circuit or request.</summary>
public sealed class ViewerIdentity
{
    /// <summary>Key of the account; null in a run without accounts.</summary>
    public string? UserId { get; private set; }

    /// <summary>Name to show; null in a run without accounts.</summary>
    public string? Name { get; private set; }

    /// <summary>Address of the browser; null where there is none.</summary>
    public string? RemoteAddress { get; private set; }

    /// <summary>The viewer as the audit log names them.</summary>
    public Actor Actor => new(UserId, Name, RemoteAddress);

    /// <summary>Takes over who it is: from the request, or handed from it to the circuit, which has no request of its own.</summary>
    /// <param name="actor">Who.</param>
    public void Use(Actor actor) => (UserId, Name, RemoteAddress) = actor;
}
