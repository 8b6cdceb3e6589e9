using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Accounts;

/// <summary>Makes, checks and revokes API keys. Thread-safe.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="directory">The owners.</param>
/// <param name="audit">Keeps who made and revoked keys.</param>
/// <param name="clock">The time.</param>
internal sealed class ApiKeyService(IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, AccountDirectory directory, AuditLog audit, TimeProvider clock)
{
    /// <summary>How every key begins, so that it is known for what it is when it turns up where it should not be.</summary>
    public const string Prefix = "mdk_";

    /// <summary>Longest life of a key, days.</summary>
    public const int MaxDays = 730;

    private const int MaxNameLength = 60;
    private const int ShownCharacters = 10;
    private static readonly TimeSpan s_lastUsedStep = TimeSpan.FromMinutes(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Makes a key for the actor.</summary>
    /// <param name="name">What they call it.</param>
    /// <param name="role">What it may do; at the most what they may.</param>
    /// <param name="days">How long it lasts, days.</param>
    /// <param name="by">The owner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The secret, which is nowhere else.</returns>
    /// <exception cref="AccountException">Nothing was made.</exception>
    public async Task<string> CreateAsync(string name, AccountRole role, int days, Actor by, CancellationToken cancellationToken = default)
    {
        name = name.Trim();
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
        {
            throw new AccountException(AccountProblem.BadKeyName);
        }

        var owner = directory.Find(by.UserId) ?? throw new AccountException(AccountProblem.Gone);
        if (role == AccountRole.None || role > owner.Role || role > by.Role || days is < 1 or > MaxDays)
        {
            throw new AccountException(AccountProblem.BadKey);
        }

        // 256 random bits: a plain hash is enough, there is nothing to guess.
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await writer.WriteAsync(
            (context, _) =>
            {
                context.Add(new ApiKey
                {
                    UserId = owner.UserId,
                    Name = name,
                    Hash = HashOf(secret),
                    Beginning = secret[..ShownCharacters],
                    Role = role,
                    CreatedAtUtc = Now,
                    ExpiresAtUtc = Now.AddDays(days),
                });
                audit.Append(context, AuditAction.Account, $"API key {name} made for {owner.Name}: {role}, {days} days", by);
                return Task.FromResult(true);
            },
            cancellationToken);
        return secret;
    }

    /// <summary>The keys of an account, newest first; also those that ended.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(string userId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.Where(key => key.UserId == userId).OrderByDescending(key => key.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Revokes a key.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="by">Its owner, or an administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it worked until now.</returns>
    public Task<bool> RevokeAsync(long keyId, Actor by, CancellationToken cancellationToken = default) => writer.WriteAsync(
        async (context, token) =>
        {
            var key = await context.ApiKeys.SingleOrDefaultAsync(stored => stored.Id == keyId, token);
            if (key is null or { RevokedAtUtc: not null })
            {
                return false;
            }

            if (key.UserId != by.UserId || by.Role == AccountRole.None)
            {
                by.Require(AccountRole.Administrator);
            }

            key.RevokedAtUtc = Now;
            audit.Append(context, AuditAction.Account, $"API key {key.Name} of {directory.Find(key.UserId)?.Name} revoked", by);
            return true;
        },
        cancellationToken);

    /// <summary>Whose key a secret is.</summary>
    /// <param name="secret">As it was sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The owner, the key, and what it may do now; null when it is no key, or one that ended.</returns>
    public async Task<(AccountFacts Owner, string Name, AccountRole Role)?> FindAsync(string secret, CancellationToken cancellationToken = default)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = HashOf(secret);
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var key = await context.ApiKeys.SingleOrDefaultAsync(stored => stored.Hash == hash && stored.RevokedAtUtc == null && stored.ExpiresAtUtc > now, cancellationToken);
        if (key is null || directory.Find(key.UserId) is not { IsLocked: false } owner)
        {
            return null;
        }

        if (key.LastUsedAtUtc is not { } used || now - used >= s_lastUsedStep)
        {
            await writer.WriteAsync(
                (writing, token) => writing.ApiKeys.Where(stored => stored.Id == key.Id).ExecuteUpdateAsync(update => update.SetProperty(stored => stored.LastUsedAtUtc, now), token), cancellationToken);
        }

        return (owner, key.Name, (AccountRole)Math.Min((int)key.Role, (int)owner.Role));
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
