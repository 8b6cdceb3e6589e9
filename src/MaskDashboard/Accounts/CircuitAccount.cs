using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Accounts;

/// <summary>
/// Whose sign-in a circuit lives by. When it ends, here or anywhere, the circuit may do nothing more from that moment and its page goes to the
/// sign-in page.
/// </summary>
internal sealed class CircuitAccount : RevalidatingServerAuthenticationStateProvider
{
    private static readonly AuthenticationState s_nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly AccountDirectory _directory;
    private readonly ViewerIdentity _viewer;
    private readonly bool _demo;
    private volatile ClaimsPrincipal? _user;

    /// <summary>Made for each circuit and request.</summary>
    /// <param name="loggers">Log.</param>
    /// <param name="directory">Tells when sign-ins end.</param>
    /// <param name="viewer">Emptied then.</param>
    /// <param name="options">Whether there are accounts.</param>
    public CircuitAccount(ILoggerFactory loggers, AccountDirectory directory, ViewerIdentity viewer, IOptions<AccountOptions> options)
        : base(loggers)
    {
        (_directory, _viewer, _demo) = (directory, viewer, options.Value.Demo);
        AuthenticationStateChanged += Remember;
        directory.Changed += EndIfOver;
    }

    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(Holds(authenticationState.User));

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _directory.Changed -= EndIfOver;
        AuthenticationStateChanged -= Remember;
        base.Dispose(disposing);
    }

    private bool Holds(ClaimsPrincipal user) => _demo || _directory.IsCurrent(user);

    private async void Remember(Task<AuthenticationState> state) => _user = (await state).User;

    private void EndIfOver()
    {
        if (_user is { Identity.IsAuthenticated: true } user && !Holds(user))
        {
            _viewer.End();
            SetAuthenticationState(Task.FromResult(s_nobody));
        }
    }
}
