using System.Security.Cryptography;

namespace MaskDashboard.Accounts;

/// <summary>A one-time password, shown once.</summary>
/// <param name="Name">The account.</param>
/// <param name="Password">The password.</param>
/// <param name="UntilUtc">Until when it can be used, UTC.</param>
public sealed record OneTimePassword(string Name, string Password, DateTime UntilUtc)
{
    // Without those that are mistaken for one another when read aloud or copied by hand.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Four groups of five random letters and digits: 99 bits.</summary>
    internal static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}
