using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Accounts;

/// <summary>A run without accounts: everybody who reaches it may do everything, and is nobody.</summary>
internal sealed class DemoAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(
        new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, nameof(AccountRole.Administrator))], AccountSchemes.Demo)), AccountSchemes.Demo)));
}

/// <summary>A program with an API key, in <c>Authorization: Bearer</c> or <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyService keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";

    /// <summary>Whether a request brings a key to where keys are taken.</summary>
    /// <param name="request">The request.</param>
    public static bool IsMeant(HttpRequest request) => SecretOf(request) is not null
        && (request.Path.StartsWithSegments("/api/v1") || request.Path.StartsWithSegments("/health") || request.Path.StartsWithSegments("/metrics"));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        SecretOf(Request) is { } secret && await keys.FindAsync(secret, Context.RequestAborted) is var (owner, name, role)
            ? AuthenticateResult.Success(new AuthenticationTicket(AccountClaims.Sign(owner, name, role), AccountSchemes.ApiKey))
            : AuthenticateResult.Fail("The API key is not known, was revoked, or has expired.");

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.WriteAsync(Context, StatusCodes.Status401Unauthorized);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.WriteAsync(Context, StatusCodes.Status403Forbidden);

    private static string? SecretOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        return request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key : null;
    }
}

/// <summary>What a browser's cookie is worth, and where it is sent without one.</summary>
internal sealed class DashboardCookieEvents(AccountDirectory directory) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } user || !directory.IsCurrent(user))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(AccountSchemes.Cookie);
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!Refusals.IsPage(context.Request))
        {
            return Refusals.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized);
        }

        context.Response.Redirect(directory.HasAdministrator ? AccountAddresses.SignInFor(context.Request.Path + context.Request.QueryString) : AccountAddresses.Setup);
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (Refusals.IsPage(context.Request) && directory.Find(context.HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier)) is { MustChangePassword: true })
        {
            context.Response.Redirect(AccountAddresses.Password);
            return Task.CompletedTask;
        }

        return Refusals.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden);
    }
}

/// <summary>Where accounts have their pages.</summary>
internal static class AccountAddresses
{
    public const string Setup = "/setup";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Account = "/account";
    public const string Password = "/account/password";
    public const string Users = "/admin/users";
    public const string Audit = "/admin/audit";
    public const string AuditCsv = "/admin/audit.csv";

    /// <summary>The sign-in page, which leads back to where it was needed.</summary>
    /// <param name="address">Path and query.</param>
    public static string SignInFor(string address) => address is "/" or "" ? SignIn : $"{SignIn}?returnUrl={Uri.EscapeDataString(address)}";

    /// <summary>Whether an address is one of ours, and not a way to send somebody elsewhere.</summary>
    /// <param name="address">Path and query.</param>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal) && !address.Any(char.IsControl);
}
