using MaskDashboard.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Accounts;

/// <summary>An account in the administrators' list.</summary>
/// <param name="User">The account.</param>
/// <param name="Role">What it may do.</param>
/// <param name="ApiKeys">How many API keys of it work.</param>
public sealed record AccountRow(DashboardUser User, AccountRole Role, int ApiKeys);

/// <summary>Changes and deletes accounts. Every change is in the audit log; one administrator who can sign in always stays. Thread-safe.</summary>
/// <param name="accounts">Changes accounts.</param>
/// <param name="writer">Writes.</param>
/// <param name="contexts">Makes contexts.</param>
/// <param name="directory">The accounts in memory.</param>
/// <param name="signIn">Checks the present password.</param>
/// <param name="hasher">Compares with the present password.</param>
/// <param name="audit">Keeps who did what.</param>
/// <param name="options">How long one-time passwords last.</param>
/// <param name="clock">The time.</param>
internal sealed class AccountService(
    AccountWriter accounts,
    DatabaseWriter writer,
    IDbContextFactory<DashboardDbContext> contexts,
    AccountDirectory directory,
    PasswordSignIn signIn,
    IPasswordHasher<DashboardUser> hasher,
    AuditLog audit,
    IOptions<AccountOptions> options,
    TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>All accounts, by name.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<AccountRow>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        var users = await context.Users.OrderBy(user => user.NormalizedUserName).Select(user => new
        {
            User = user,
            Keys = context.ApiKeys.Count(key => key.UserId == user.Id && key.RevokedAtUtc == null && key.ExpiresAtUtc > now),
        }).ToListAsync(cancellationToken);
        return [.. users.Select(row => new AccountRow(row.User, directory.Find(row.User.Id)?.Role ?? AccountRole.None, row.Keys))];
    }

    /// <summary>Gives an account a new one-time password in place of one that was forgotten; ends its sign-ins and lifts a lock for wrong passwords.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was changed.</exception>
    public async Task<OneTimePassword> ResetPasswordAsync(string userId, Actor by, CancellationToken cancellationToken = default)
    {
        var (password, until) = (OneTimePassword.NewPassword(), Now.AddDays(options.Value.OneTimePasswordDays));
        var changed = await AdministerAsync(
            userId,
            by,
            "given a one-time password",
            async (users, context, user) =>
            {
                await RequireAnotherAdministratorAsync(context, user);
                AccountWriter.Check(await users.RemovePasswordAsync(user));
                AccountWriter.Check(await users.AddPasswordAsync(user, password));
                (user.OneTimePasswordUntilUtc, user.AccessFailedCount, user.LockoutEnd) = (until, 0, null);
            },
            cancellationToken);
        return new OneTimePassword(changed.Name, password, until);
    }

    /// <summary>Gives an account another role, and ends its sign-ins.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="role">The role.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was changed.</exception>
    public Task ChangeRoleAsync(string userId, AccountRole role, Actor by, CancellationToken cancellationToken = default) => AdministerAsync(
        userId,
        by,
        $"is {role} now",
        async (users, context, user) =>
        {
            if (role != AccountRole.Administrator)
            {
                await RequireAnotherAdministratorAsync(context, user);
            }

            AccountWriter.Check(await users.RemoveFromRolesAsync(user, await users.GetRolesAsync(user)));
            AccountWriter.Check(await users.AddToRoleAsync(user, role.ToString()));
            AccountWriter.Check(await users.UpdateSecurityStampAsync(user));
        },
        cancellationToken);

    /// <summary>Locks an account until it is unlocked: ends its sign-ins and revokes its API keys.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was changed.</exception>
    public Task LockAsync(string userId, Actor by, CancellationToken cancellationToken = default) => AdministerAsync(
        userId,
        by,
        "locked, its API keys revoked",
        async (users, context, user) =>
        {
            await RequireAnotherAdministratorAsync(context, user);
            user.LockedAtUtc = Now;
            AccountWriter.Check(await users.UpdateSecurityStampAsync(user));
            var now = Now;
            await context.ApiKeys.Where(key => key.UserId == userId && key.RevokedAtUtc == null)
                .ExecuteUpdateAsync(update => update.SetProperty(key => key.RevokedAtUtc, now), cancellationToken);
        },
        cancellationToken);

    /// <summary>Unlocks an account, whether an administrator locked it or wrong passwords did.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was changed.</exception>
    public Task UnlockAsync(string userId, Actor by, CancellationToken cancellationToken = default) => AdministerAsync(
        userId,
        by,
        "unlocked",
        (_, _, user) =>
        {
            (user.LockedAtUtc, user.LockoutEnd, user.AccessFailedCount) = (null, null, 0);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Ends every sign-in of an account, wherever it is. API keys stay.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="by">Its owner, or an administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was changed.</exception>
    public Task SignOutEverywhereAsync(string userId, Actor by, CancellationToken cancellationToken = default)
    {
        if (by.UserId != userId)
        {
            by.Require(AccountRole.Administrator);
        }

        return ChangeAsync(userId, by, "signed out everywhere", async (users, _, user) => AccountWriter.Check(await users.UpdateSecurityStampAsync(user)), cancellationToken);
    }

    /// <summary>Deletes an account with its API keys. What it did stays, by its key; the audit log keeps its name.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccountException">Nothing was changed.</exception>
    public async Task DeleteAsync(string userId, Actor by, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        await writer.WriteAsync(
            async (context, token) =>
            {
                var user = await context.Users.SingleOrDefaultAsync(stored => stored.Id == userId, token) ?? throw new AccountException(AccountProblem.Gone);
                await RequireAnotherAdministratorAsync(context, user);
                context.Remove(user);
                audit.Append(context, AuditAction.Account, $"Account {user.UserName} deleted", by);
                return userId;
            },
            directory.Remove,
            cancellationToken);
    }

    /// <summary>Changes the actor's own password, and ends the account's sign-ins; the caller signs in anew.</summary>
    /// <param name="current">The present password.</param>
    /// <param name="password">The new one.</param>
    /// <param name="by">The owner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account as it is now.</returns>
    /// <exception cref="AccountException">Nothing was changed.</exception>
    public async Task<AccountFacts> ChangePasswordAsync(string current, string password, Actor by, CancellationToken cancellationToken = default)
    {
        if (directory.Find(by.UserId) is not { } account || !await signIn.ConfirmAsync(account, current, by.RemoteAddress, cancellationToken))
        {
            throw new AccountException(AccountProblem.WrongPassword);
        }

        return await ChangeAsync(
            account.UserId,
            by,
            "has a new password",
            async (users, _, user) =>
            {
                if (hasher.VerifyHashedPassword(user, user.PasswordHash!, password) != PasswordVerificationResult.Failed)
                {
                    throw new AccountException(AccountProblem.PasswordUnchanged);
                }

                AccountWriter.Check(await users.ChangePasswordAsync(user, current, password));
                user.OneTimePasswordUntilUtc = null;
            },
            cancellationToken);
    }

    private Task<AccountFacts> AdministerAsync(
        string userId, Actor by, string what, Func<UserManager<DashboardUser>, DashboardDbContext, DashboardUser, Task> change, CancellationToken cancellationToken)
    {
        by.Require(AccountRole.Administrator);
        return ChangeAsync(userId, by, what, change, cancellationToken);
    }

    private Task<AccountFacts> ChangeAsync(
        string userId, Actor by, string what, Func<UserManager<DashboardUser>, DashboardDbContext, DashboardUser, Task> change, CancellationToken cancellationToken) => accounts.ChangeAsync(
        async (users, context, _) =>
        {
            var user = await users.FindByIdAsync(userId) ?? throw new AccountException(AccountProblem.Gone);
            await change(users, context, user);
            audit.Append(context, AuditAction.Account, $"Account {user.UserName} {what}", by);
            return user;
        },
        cancellationToken);

    // Among those who chose their password and are not locked: somebody who never signed in may never do.
    private static async Task RequireAnotherAdministratorAsync(DashboardDbContext context, DashboardUser except)
    {
        var administrators = context.UserRoles
            .Where(held => context.Roles.Any(role => role.Id == held.RoleId && role.Name == nameof(AccountRole.Administrator)))
            .Select(held => held.UserId);
        if (await administrators.ContainsAsync(except.Id)
            && !await context.Users.AnyAsync(user => user.Id != except.Id && administrators.Contains(user.Id) && user.LockedAtUtc == null && user.OneTimePasswordUntilUtc == null))
        {
            throw new AccountException(AccountProblem.LastAdministrator);
        }
    }
}
