using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Claims;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Accounts;

/// <summary>What a request has to know of an account.</summary>
/// <param name="UserId">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="SecurityStamp">Changes whenever its sign-ins end.</param>
/// <param name="IsLocked">An administrator locked it.</param>
/// <param name="MustChangePassword">Its password is a one-time password.</param>
public sealed record AccountFacts(string UserId, string Name, AccountRole Role, string SecurityStamp, bool IsLocked, bool MustChangePassword);

/// <summary>
/// The accounts as they are at this moment, in memory: one process holds the database, and every change passes by here once it is committed.
/// So a sign-in that was ended is ended for the very next request, and for open pages at once. Thread-safe.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
public sealed class AccountDirectory(IDbContextFactory<DashboardDbContext> contexts)
{
    private readonly ConcurrentDictionary<string, bool> _endedSessions = new();
    private ImmutableDictionary<string, AccountFacts> _accounts = ImmutableDictionary<string, AccountFacts>.Empty;

    /// <summary>Sign-ins may have ended. Called on the thread that ended them; the handler must be quick.</summary>
    public event Action? Changed;

    /// <summary>Whether there is anybody who may administer; before that, only the set-up page works.</summary>
    public bool HasAdministrator => _accounts.Values.Any(account => account.Role == AccountRole.Administrator);

    /// <summary>Reads the accounts anew; at the start, and after another database was put in place.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = await FactsAsync(context, context.Users, cancellationToken);
        _accounts = accounts.ToImmutableDictionary(account => account.UserId);
        await foreach (var session in context.EndedSessions.Select(ended => ended.Session).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _endedSessions[session] = true;
        }

        Changed?.Invoke();
    }

    /// <summary>An account; null when there is none.</summary>
    /// <param name="userId">Its key.</param>
    public AccountFacts? Find(string? userId) => userId is null ? null : _accounts.GetValueOrDefault(userId);

    /// <summary>Whether a browser's sign-in still holds.</summary>
    /// <param name="user">The sign-in.</param>
    public bool IsCurrent(ClaimsPrincipal user) =>
        Find(user.FindFirstValue(ClaimTypes.NameIdentifier)) is { IsLocked: false } account
        && user.FindFirstValue(AccountClaims.Stamp) == account.SecurityStamp
        && user.FindFirstValue(AccountClaims.Session) is { } session
        && !_endedSessions.ContainsKey(session);

    /// <summary>Takes over the committed end of one sign-in: its cookie is refused from now on, and its pages close.</summary>
    /// <param name="session">The sign-in.</param>
    internal void End(string session)
    {
        _endedSessions[session] = true;
        Changed?.Invoke();
    }

    /// <summary>Takes over a committed change.</summary>
    /// <param name="account">The account as it is now.</param>
    internal void Put(AccountFacts account)
    {
        ImmutableInterlocked.Update(ref _accounts, accounts => accounts.SetItem(account.UserId, account));
        Changed?.Invoke();
    }

    /// <summary>Takes over a committed deletion.</summary>
    /// <param name="userId">The account.</param>
    internal void Remove(string userId)
    {
        ImmutableInterlocked.Update(ref _accounts, accounts => accounts.Remove(userId));
        Changed?.Invoke();
    }

    /// <summary>Reads what a request has to know.</summary>
    /// <param name="context">The database.</param>
    /// <param name="users">Of whom.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<IReadOnlyList<AccountFacts>> FactsAsync(DashboardDbContext context, IQueryable<DashboardUser> users, CancellationToken cancellationToken)
    {
        var rows = await users
            .Select(user => new
            {
                User = user,
                Role = context.UserRoles.Where(held => held.UserId == user.Id).Join(context.Roles, held => held.RoleId, role => role.Id, (held, role) => role.Name).FirstOrDefault(),
            })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new AccountFacts(
            row.User.Id,
            row.User.UserName!,
            Enum.TryParse<AccountRole>(row.Role, out var role) ? role : AccountRole.None,
            row.User.SecurityStamp!,
            row.User.LockedAtUtc is not null,
            row.User.OneTimePasswordUntilUtc is not null))];
    }
}
