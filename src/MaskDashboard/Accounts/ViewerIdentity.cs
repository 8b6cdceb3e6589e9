namespace MaskDashboard.Accounts;

/// <summary>Who looks at the page; one for each circuit or request. Empty, and allowed nothing, from the moment their sign-in ends.</summary>
public sealed class ViewerIdentity
{
    /// <summary>Key of the account; null in a run without accounts.</summary>
    public string? UserId => Actor.UserId;

    /// <summary>Name to show; null in a run without accounts.</summary>
    public string? Name => Actor.Name;

    /// <summary>What they may do.</summary>
    public AccountRole Role => Actor.Role;

    /// <summary>The viewer as the audit log names them.</summary>
    public Actor Actor { get; private set; } = new(null, null, null);

    /// <summary>Whether to offer something. What is offered is checked again where it is done, by <see cref="Actor.Require"/>.</summary>
    /// <param name="role">The role that is needed at the least.</param>
    public bool May(AccountRole role) => Role >= role;

    /// <summary>Takes over who it is.</summary>
    /// <param name="actor">Who.</param>
    public void Use(Actor actor) => Actor = actor;

    /// <summary>The sign-in ended.</summary>
    public void End() => Actor = new(null, null, Actor.RemoteAddress);
}
