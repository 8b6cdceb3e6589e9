using MaskDashboard.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Accounts;

/// <summary>Makes accounts. Each is in the audit log. Thread-safe.</summary>
/// <param name="accounts">Changes accounts.</param>
/// <param name="directory">The accounts in memory.</param>
/// <param name="setup">Proves who sets up.</param>
/// <param name="audit">Keeps who did what.</param>
/// <param name="options">How long one-time passwords last.</param>
/// <param name="clock">The time.</param>
internal sealed class AccountMaker(
    AccountWriter accounts, AccountDirectory directory, SetupToken setup, AuditLog audit, IOptions<AccountOptions> options, TimeProvider clock)
{
    private const int MaxNameLength = 64;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Makes the first administrator; possible once.</summary>
    /// <param name="token">The printed token.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="remoteAddress">Where it is done from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was made.</exception>
    public async Task<AccountFacts> CreateFirstAdministratorAsync(string? token, string name, string password, string? remoteAddress, CancellationToken cancellationToken = default)
    {
        if (!setup.Matches(token))
        {
            throw new AccountException(AccountProblem.WrongToken);
        }

        var made = await accounts.ChangeAsync(
            async (users, context, _) =>
            {
                if (directory.HasAdministrator)
                {
                    throw new AccountException(AccountProblem.WrongToken);
                }

                var user = await MakeAsync(users, name, password, AccountRole.Administrator);
                user.LastSignInAtUtc = Now;
                audit.Append(context, AuditAction.Account, $"Account {user.UserName} made as the first administrator", new Actor(user.Id, user.UserName, remoteAddress));
                return user;
            },
            cancellationToken);
        setup.Consume();
        return made;
    }

    /// <summary>Makes an account with a one-time password.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was made.</exception>
    public async Task<OneTimePassword> CreateAsync(string name, AccountRole role, Actor by, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        var (password, until) = (OneTimePassword.NewPassword(), Now.AddDays(options.Value.OneTimePasswordDays));
        var made = await accounts.ChangeAsync(
            async (users, context, _) =>
            {
                var user = await MakeAsync(users, name, password, role);
                user.OneTimePasswordUntilUtc = until;
                audit.Append(context, AuditAction.Account, $"Account {user.UserName} made as {role}", by);
                return user;
            },
            cancellationToken);
        return new OneTimePassword(made.Name, password, until);
    }

    private async Task<DashboardUser> MakeAsync(UserManager<DashboardUser> users, string name, string password, AccountRole role)
    {
        name = name.Trim();
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl) || role == AccountRole.None || !Enum.IsDefined(role))
        {
            throw new AccountException(AccountProblem.BadName);
        }

        var user = new DashboardUser { UserName = name, CreatedAtUtc = Now, LockoutEnabled = true };
        AccountWriter.Check(await users.CreateAsync(user, password));
        AccountWriter.Check(await users.AddToRoleAsync(user, role.ToString()));
        return user;
    }
}
