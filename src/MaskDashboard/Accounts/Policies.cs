using Microsoft.AspNetCore.Authorization;

namespace MaskDashboard.Accounts;

/// <summary>Names of the rules that pages and endpoints name. What names none is closed to everybody.</summary>
public static class Policies
{
    /// <summary>Viewers, and those above them.</summary>
    public const string Viewer = nameof(AccountRole.Viewer);

    /// <summary>Reviewers and administrators.</summary>
    public const string Reviewer = nameof(AccountRole.Reviewer);

    /// <summary>Administrators.</summary>
    public const string Administrator = nameof(AccountRole.Administrator);

    /// <summary>Everybody who signed in in a browser, also with a one-time password.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>Adds the rules.</summary>
    /// <param name="options">Authorization.</param>
    internal static void Add(AuthorizationOptions options)
    {
        foreach (var role in new[] { AccountRole.Viewer, AccountRole.Reviewer, AccountRole.Administrator })
        {
            options.AddPolicy(role.ToString(), policy => policy.RequireAuthenticatedUser().RequireAssertion(context => AccountClaims.RoleOf(context.User) >= role));
        }

        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.Identity?.AuthenticationType == AccountSchemes.Cookie));
        options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAssertion(context => AccountClaims.RoleOf(context.User) >= AccountRole.Viewer).Build();
        // Whoever adds a route and forgets to say who may use it has added one that nobody may use.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
    }
}
