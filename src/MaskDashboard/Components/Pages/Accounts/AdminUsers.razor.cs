using MaskDashboard.Accounts;
using MaskDashboard.Components.Account;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace MaskDashboard.Components.Pages.Accounts;

/// <summary>All accounts: make, change, lock, sign out, delete. What cannot be taken back is asked for once more, in its row.</summary>
public sealed partial class AdminUsers
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<AccountRow>? _rows;
    private string _name = "";
    private AccountRole _role = AccountRole.Viewer;
    private OneTimePassword? _once;
    private Question? _asked;
    private string? _problem;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's clock.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>Who administers.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>The limits.</summary>
    [Inject]
    public required IOptions<AccountOptions> Options { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Says what was done.</summary>
    [Inject]
    public required ISnackbar Notes { get; init; }

    [Inject]
    internal AccountMaker Maker { get; init; } = null!;

    [Inject]
    internal AccountService Accounts { get; init; } = null!;

    [Inject]
    internal AccountDirectory Directory { get; init; } = null!;

    private string SignInAddress => Navigation.ToAbsoluteUri(AccountAddresses.SignIn).AbsoluteUri;

    /// <inheritdoc />
    public void Dispose()
    {
        Directory.Changed -= Reload;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Directory.Changed += Reload;
        await LoadAsync();
    }

    private async Task LoadAsync() => _rows = await Accounts.ListAsync(_leaving.Token);

    // Another administrator may work at the same time.
    private void Reload() => InvokeAsync(async () =>
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private bool IsLocked(DashboardUser user) => user.LockedAtUtc is not null || user.LockoutEnd > Clock.GetUtcNow();

    private string StateOf(DashboardUser user)
    {
        if (user.LockedAtUtc is { } locked)
        {
            return L["locked since {0}", Time.DateAndTime(locked)];
        }

        if (user.LockoutEnd is { } end && end > Clock.GetUtcNow())
        {
            return L["too many wrong passwords, locked until {0}", Time.DateAndTime(end.UtcDateTime)];
        }

        return user.OneTimePasswordUntilUtc is { } until
            ? L[until < Clock.GetUtcNow().UtcDateTime ? "one-time password, too old since {0}" : "one-time password until {0}", Time.DateAndTime(until)]
            : L["active"];
    }

    private Task CreateAsync() => TryAsync(async () =>
    {
        _once = await Maker.CreateAsync(_name, _role, Viewer.Actor, _leaving.Token);
        (_name, _role) = ("", AccountRole.Viewer);
    });

    private Task ChangeRoleAsync(DashboardUser user, AccountRole role) => TryAsync(async () =>
    {
        await Accounts.ChangeRoleAsync(user.Id, role, Viewer.Actor, _leaving.Token);
        Notes.Add(L["{0} is {1} now and signs in again.", user.UserName!, L[role.ToString()]], Severity.Success);
    });

    private Task SignOutAsync(DashboardUser user) => TryAsync(async () =>
    {
        await Accounts.SignOutEverywhereAsync(user.Id, Viewer.Actor, _leaving.Token);
        Notes.Add(L["{0} is signed out everywhere.", user.UserName!], Severity.Success);
    });

    private Task UnlockAsync(DashboardUser user) => TryAsync(() => Accounts.UnlockAsync(user.Id, Viewer.Actor, _leaving.Token));

    private void AskReset(DashboardUser user) => _asked = new Question(
        user.Id, "Replace the password of {0}?", "Replace it", async () => _once = await Accounts.ResetPasswordAsync(user.Id, Viewer.Actor, _leaving.Token));

    private void AskLock(DashboardUser user) => _asked = new Question(
        user.Id, "Lock {0}, and revoke the API keys?", "Lock", () => Accounts.LockAsync(user.Id, Viewer.Actor, _leaving.Token));

    private void AskDelete(DashboardUser user) => _asked = new Question(
        user.Id, "Delete {0} for ever?", "Delete for ever", () => Accounts.DeleteAsync(user.Id, Viewer.Actor, _leaving.Token));

    private Task ConfirmAsync()
    {
        var asked = _asked!;
        _asked = null;
        return TryAsync(asked.Do);
    }

    private async Task TryAsync(Func<Task> change)
    {
        _problem = null;
        try
        {
            await change();
        }
        catch (AccountException refused)
        {
            _problem = AccountText.Problem(L, refused.Problem, Options.Value);
        }

        await LoadAsync();
    }

    private sealed record Question(string UserId, string Words, string Yes, Func<Task> Do);
}
