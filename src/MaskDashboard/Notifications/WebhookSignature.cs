using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace MaskDashboard.Notifications;

/// <summary>Makes, keeps and uses the secrets by which receivers know that a post is ours.</summary>
/// <param name="protection">The program's keys.</param>
internal sealed class WebhookSignature(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("MaskDashboard.Notifications.WebhookSecret");

    /// <summary>A new secret, to be shown once, and what is stored of it.</summary>
    public (string Secret, byte[] Protected) Make()
    {
        var secret = "mdw_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (secret, _protector.Protect(Encoding.UTF8.GetBytes(secret)));
    }

    /// <summary>The secret of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="CryptographicException">It cannot be read with the present keys, for instance after a backup was restored.</exception>
    public byte[] Read(NotificationRule rule) => _protector.Unprotect(rule.ProtectedSecret ?? throw new CryptographicException("The rule has no secret."));

    /// <summary>The signature of a post: <c>sha256=</c> and HMAC-SHA256 of <c>TIMESTAMP.BODY</c> as hexadecimal digits.</summary>
    /// <param name="secret">The secret's characters as bytes.</param>
    /// <param name="unixSeconds">The time stamp that is sent along.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Of(byte[] secret, long unixSeconds, string body) => "sha256=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{unixSeconds}.{body}"))));
}
