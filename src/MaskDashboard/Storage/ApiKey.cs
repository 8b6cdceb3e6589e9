using MaskDashboard.Accounts;

namespace MaskDashboard.Storage;

/// <summary>A secret by which a program acts for an account. The secret itself is not stored.</summary>
public sealed class ApiKey
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>The account it acts for.</summary>
    public required string UserId { get; set; }

    /// <summary>What its owner calls it; 60 characters at most.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret, 32 bytes.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Its first characters, to tell keys apart.</summary>
    public required string Beginning { get; set; }

    /// <summary>What it may do; never more than its owner may at that moment.</summary>
    public AccountRole Role { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAtUtc { get; set; }

    /// <summary>When it ends, UTC.</summary>
    public DateTime ExpiresAtUtc { get; set; }

    /// <summary>When it was last used, UTC, to the minute; null for never.</summary>
    public DateTime? LastUsedAtUtc { get; set; }

    /// <summary>When it was revoked, UTC; null for not.</summary>
    public DateTime? RevokedAtUtc { get; set; }
}
