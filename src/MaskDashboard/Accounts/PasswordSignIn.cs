using System.Threading.RateLimiting;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Accounts;

/// <summary>
/// Checks names and passwords. A failure says nothing of its reason, and takes as long for a name that nobody has. Too many wrong passwords in a row
/// lock the account for a while, also against the right one; how many are checked at the same time does not change how many count. Thread-safe.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="accounts">Changes accounts.</param>
/// <param name="hasher">Checks passwords.</param>
/// <param name="normalizer">Finds names however they are typed.</param>
/// <param name="audit">Keeps tries.</param>
/// <param name="options">How many wrong passwords lock for how long.</param>
/// <param name="clock">The time.</param>
internal sealed class PasswordSignIn(
    IDbContextFactory<DashboardDbContext> contexts,
    AccountWriter accounts,
    IPasswordHasher<DashboardUser> hasher,
    ILookupNormalizer normalizer,
    AuditLog audit,
    IOptions<AccountOptions> options,
    TimeProvider clock) : IDisposable
{
    // Checking a password is meant to cost a tenth of a second of a core: a flood of tries must not take them all.
    private const int ChecksAtOnce = 2;

    private static readonly DashboardUser s_nobody = new() { UserName = "nobody" };

    private readonly SemaphoreSlim _checks = new(ChecksAtOnce, ChecksAtOnce);
    private readonly string _nobodysHash = hasher.HashPassword(s_nobody, Guid.NewGuid().ToString());
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(
        address, _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.MaxSignInsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <summary>Signs in, or says no.</summary>
    /// <param name="name">Name of the account, in any case.</param>
    /// <param name="password">Its password.</param>
    /// <param name="remoteAddress">Where the try comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account; null for no.</returns>
    public Task<AccountFacts?> TryAsync(string name, string password, string? remoteAddress, CancellationToken cancellationToken = default) =>
        TryAsync(name, password, remoteAddress, signsIn: true, cancellationToken);

    /// <summary>Asks somebody who is signed in for their password once more. Wrong ones count as those at a sign-in do.</summary>
    /// <param name="account">The account.</param>
    /// <param name="password">Its password.</param>
    /// <param name="remoteAddress">Where the try comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is right.</returns>
    public async Task<bool> ConfirmAsync(AccountFacts account, string password, string? remoteAddress, CancellationToken cancellationToken = default) =>
        await TryAsync(account.Name, password, remoteAddress, signsIn: false, cancellationToken) is not null;

    private async Task<AccountFacts?> TryAsync(string name, string password, string? remoteAddress, bool signsIn, CancellationToken cancellationToken)
    {
        using var permit = _limiter.AttemptAcquire(remoteAddress ?? "");
        if (!permit.IsAcquired)
        {
            return null;
        }

        var normalized = normalizer.NormalizeName(name.Trim());
        var (user, right) = await CheckAsync(normalized, password, cancellationToken);
        if (user is null)
        {
            // The name is not kept: it may be a password in the wrong field.
            await audit.AppendAsync(AuditAction.SignInFailed, "Sign-in refused: no account has the name", new Actor(null, null, remoteAddress), cancellationToken);
            return null;
        }

        return await CountAsync(user, right, remoteAddress, signsIn, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _checks.Dispose();
        _limiter.Dispose();
    }

    // Outside the writer: others may write while this computes.
    private async Task<(DashboardUser? User, bool Right)> CheckAsync(string? normalizedName, string password, CancellationToken cancellationToken)
    {
        DashboardUser? user;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            user = await context.Users.SingleOrDefaultAsync(stored => stored.NormalizedUserName == normalizedName, cancellationToken);
        }

        await _checks.WaitAsync(cancellationToken);
        try
        {
            var verdict = hasher.VerifyHashedPassword(user ?? s_nobody, user?.PasswordHash ?? _nobodysHash, password);
            return (user, user is not null && verdict != PasswordVerificationResult.Failed);
        }
        finally
        {
            _checks.Release();
        }
    }

    private async Task<AccountFacts?> CountAsync(DashboardUser seen, bool right, string? remoteAddress, bool signsIn, CancellationToken cancellationToken)
    {
        var by = new Actor(seen.Id, seen.UserName, remoteAddress);
        var accepted = false;
        try
        {
            var facts = await accounts.ChangeAsync(
                async (users, context, token) =>
                {
                    var user = await users.FindByIdAsync(seen.Id) ?? throw new AccountException(AccountProblem.Gone);
                    var now = clock.GetUtcNow();
                    string? refused = null;
                    if (user.LockedAtUtc is not null)
                    {
                        refused = "Sign-in refused: the account is locked";
                    }
                    else if (user.LockoutEnd > now)
                    {
                        refused = "Sign-in refused: too many wrong passwords before";
                    }
                    else if (!right || user.PasswordHash != seen.PasswordHash)
                    {
                        refused = "Sign-in refused: wrong password";
                        if (++user.AccessFailedCount >= options.Value.MaxFailedSignIns)
                        {
                            (user.AccessFailedCount, user.LockoutEnd) = (0, now.AddMinutes(options.Value.LockoutMinutes));
                            refused = $"Sign-in refused: wrong password; too many, locked out for {options.Value.LockoutMinutes} minutes";
                        }
                    }
                    else if (user.OneTimePasswordUntilUtc < now.UtcDateTime)
                    {
                        refused = "Sign-in refused: the one-time password is too old";
                    }

                    if (refused is null)
                    {
                        (user.AccessFailedCount, user.LockoutEnd) = (0, null);
                        accepted = true;
                    }

                    if (refused is not null)
                    {
                        audit.Append(context, AuditAction.SignInFailed, refused, by);
                    }
                    else if (signsIn)
                    {
                        user.LastSignInAtUtc = now.UtcDateTime;
                        audit.Append(context, AuditAction.SignIn, "Signed in", by);
                    }

                    return user;
                },
                cancellationToken);
            return accepted ? facts : null;
        }
        catch (AccountException)
        {
            // Deleted while its password was checked.
            return null;
        }
    }
}
