using System.Security.Claims;

namespace MaskDashboard.Accounts;

/// <summary>What a sign-in carries.</summary>
internal static class AccountClaims
{
    /// <summary>The account's security stamp at the sign-in: another one now ends it.</summary>
    public const string Stamp = "stamp";

    /// <summary>Names one sign-in, so that it can be ended without the account's others.</summary>
    public const string Session = "session";

    /// <summary>Name of the API key that was used instead of a password.</summary>
    public const string ApiKey = "api-key";

    /// <summary>A sign-in of an account in a browser. As long as its password is a one-time password it has no role, and may only change it.</summary>
    /// <param name="account">The account.</param>
    public static ClaimsPrincipal Sign(AccountFacts account)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, account.UserId),
            new(ClaimTypes.Name, account.Name),
            new(Stamp, account.SecurityStamp),
            new(Session, Guid.NewGuid().ToString("N")),
        };
        if (!account.MustChangePassword)
        {
            claims.Add(new(ClaimTypes.Role, account.Role.ToString()));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, AccountSchemes.Cookie));
    }

    /// <summary>A request with an API key.</summary>
    /// <param name="account">The key's owner.</param>
    /// <param name="key">Name of the key.</param>
    /// <param name="role">What the key may do.</param>
    public static ClaimsPrincipal Sign(AccountFacts account, string key, AccountRole role) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, account.UserId), new(ClaimTypes.Name, account.Name), new(ApiKey, key), new(ClaimTypes.Role, role.ToString())],
        AccountSchemes.ApiKey));

    /// <summary>The role of a sign-in; none when it is of nobody.</summary>
    /// <param name="user">The sign-in.</param>
    public static AccountRole RoleOf(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Enum.TryParse<AccountRole>(user.FindFirstValue(ClaimTypes.Role), out var role) ? role : AccountRole.None;
}

/// <summary>Names of the ways to say who one is.</summary>
internal static class AccountSchemes
{
    /// <summary>Chooses among the others.</summary>
    public const string Dashboard = "Dashboard";

    /// <summary>A browser that signed in.</summary>
    public const string Cookie = "Cookie";

    /// <summary>A program with an API key.</summary>
    public const string ApiKey = "ApiKey";

    /// <summary>A run without accounts, where everybody on this machine may do everything.</summary>
    public const string Demo = "Demo";
}
