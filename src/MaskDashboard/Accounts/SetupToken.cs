using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MaskDashboard.Accounts;

/// <summary>
/// Proves that whoever sets the program up can read its console. Made at every start, 256 random bits; dead after its first use, and with the process.
/// Thread-safe.
/// </summary>
public sealed class SetupToken
{
    private volatile string? _text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The token as it is printed; null once it was used.</summary>
    public string? Text => _text;

    /// <summary>Whether somebody has the token; takes as long for a wrong one as for the right one.</summary>
    /// <param name="given">What they sent.</param>
    public bool Matches(string? given) => _text is { } text
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>It was used.</summary>
    public void Consume() => _text = null;
}
