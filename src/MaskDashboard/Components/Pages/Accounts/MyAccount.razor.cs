using MaskDashboard.Accounts;
using MaskDashboard.Components.Account;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Components.Pages.Accounts;

/// <summary>The viewer's own account and API keys.</summary>
public sealed partial class MyAccount : IDisposable
{
    private static readonly int[] _lives = [30, 90, 365, ApiKeyService.MaxDays];

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<ApiKey>? _keys;
    private string _name = "";
    private AccountRole _role = AccountRole.Viewer;
    private int _days = 90;
    private string? _secret;
    private long? _asked;
    private string? _problem;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's clock.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The viewer.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>The limits.</summary>
    [Inject]
    public required IOptions<AccountOptions> Options { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    internal ApiKeyService Keys { get; init; } = null!;

    [Inject]
    internal AccountService Accounts { get; init; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => _keys = Viewer.UserId is { } userId ? await Keys.ListAsync(userId, _leaving.Token) : [];

    private bool Works(ApiKey key) => key.RevokedAtUtc is null && key.ExpiresAtUtc > Clock.GetUtcNow().UtcDateTime;

    private string StateOf(ApiKey key) => key.RevokedAtUtc is { } revoked
        ? L["revoked {0}", Time.DateAndTime(revoked)]
        : Works(key) ? L["works until {0}", Time.Date(key.ExpiresAtUtc)] : L["ended {0}", Time.Date(key.ExpiresAtUtc)];

    private async Task CreateAsync()
    {
        _problem = null;
        try
        {
            _secret = await Keys.CreateAsync(_name, _role, _days, Viewer.Actor, _leaving.Token);
            _name = "";
        }
        catch (AccountException refused)
        {
            _problem = AccountText.Problem(L, refused.Problem, Options.Value);
        }

        await LoadAsync();
    }

    private async Task RevokeAsync(ApiKey key)
    {
        _asked = null;
        await Keys.RevokeAsync(key.Id, Viewer.Actor, _leaving.Token);
        await LoadAsync();
    }

    // This page ends with it: the circuit goes to the sign-in page.
    private Task SignOutAsync() => Accounts.SignOutEverywhereAsync(Viewer.UserId!, Viewer.Actor, _leaving.Token);
}
