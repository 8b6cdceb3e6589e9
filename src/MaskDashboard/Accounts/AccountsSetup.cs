using MaskDashboard.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Accounts;

/// <summary>Accounts: who somebody is, and what they may do.</summary>
public static class AccountsSetup
{
    /// <summary>Adds accounts, sign-ins and the rules that pages and endpoints name.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccountOptions>().BindConfiguration("Accounts").ValidateDataAnnotations().ValidateOnStart();
        services.AddIdentityCore<DashboardUser>().AddRoles<IdentityRole>().AddEntityFrameworkStores<DashboardDbContext>().AddPasswordValidator<PasswordWithoutName>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccountOptions>>((identity, accounts) =>
        {
            // Length is what counts; rules about digits and signs make passwords worse.
            identity.Password.RequiredLength = accounts.Value.MinPasswordLength;
            identity.Password.RequiredUniqueChars = 5;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
            // Any script; AccountMaker has its own rules.
            identity.User.AllowedUserNameCharacters = "";
        });
        services.AddSingleton<IPasswordHasher<DashboardUser>, PasswordHasher<DashboardUser>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<AccountWriter>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<AccountMaker>();
        services.AddSingleton<AccountService>();
        services.AddSingleton<ApiKeyService>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<SetupToken>();
        services.AddScoped<ViewerIdentity>();
        services.AddScoped<AuthenticationStateProvider, CircuitAccount>();
        services.AddCascadingAuthenticationState();

        services.AddSingleton<DashboardCookieEvents>();
        services.AddAuthentication(AccountSchemes.Dashboard)
            .AddPolicyScheme(AccountSchemes.Dashboard, null, _ => { })
            .AddCookie(AccountSchemes.Cookie, cookie =>
            {
                cookie.Cookie.Name = "md-session";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.Cookie.IsEssential = true;
                cookie.SlidingExpiration = true;
                cookie.EventsType = typeof(DashboardCookieEvents);
            })
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(AccountSchemes.ApiKey, null)
            .AddScheme<AuthenticationSchemeOptions, DemoAuthentication>(AccountSchemes.Demo, null);
        services.AddOptions<PolicySchemeOptions>(AccountSchemes.Dashboard).Configure<IOptions<AccountOptions>>((scheme, accounts) =>
        {
            var demo = accounts.Value.Demo;
            scheme.ForwardDefaultSelector = context => demo ? AccountSchemes.Demo : ApiKeyAuthentication.IsMeant(context.Request) ? AccountSchemes.ApiKey : AccountSchemes.Cookie;
        });
        services.AddOptions<CookieAuthenticationOptions>(AccountSchemes.Cookie).Configure<IOptions<AccountOptions>>((cookie, accounts) =>
            cookie.ExpireTimeSpan = TimeSpan.FromHours(accounts.Value.SessionHours));
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ClosedRoutes>();
        return builder;
    }

    /// <summary>Maps <c>POST /sign-out</c> and <c>/admin/audit.csv</c>; the pages map themselves.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapAccounts(this WebApplication app)
    {
        app.MapPost(AccountAddresses.SignOut, SignOutAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        app.MapGet(AccountAddresses.AuditCsv, DownloadAuditAsync).RequireAuthorization(Policies.Administrator).ExcludeFromDescription();
        return app;
    }

    /// <summary>Signs a browser in.</summary>
    /// <param name="http">Its request.</param>
    /// <param name="account">The account.</param>
    /// <param name="stay">Whether it outlives the browser.</param>
    internal static Task SignInAsync(HttpContext http, AccountFacts account, bool stay)
    {
        var days = http.RequestServices.GetRequiredService<IOptions<AccountOptions>>().Value.StayDays;
        return http.SignInAsync(AccountSchemes.Cookie, AccountClaims.Sign(account), new AuthenticationProperties
        {
            IsPersistent = stay,
            AllowRefresh = true,
            ExpiresUtc = stay ? http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(days) : null,
        });
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery antiforgery, SignOut signOut)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.Problem("The page is out of date: load it again and sign out.", statusCode: StatusCodes.Status400BadRequest);
        }

        await signOut.EndAsync(http.User, Actor.Of(http));
        await http.SignOutAsync(AccountSchemes.Cookie);
        return TypedResults.LocalRedirect(AccountAddresses.SignIn);
    }

    private static async Task DownloadAuditAsync(HttpContext http, string? timeZone, AuditQueries queries, AuditLog audit, CancellationToken cancellationToken)
    {
        var zone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = "attachment; filename=audit.csv";
        http.Response.Headers.CacheControl = "no-store";
        await queries.WriteCsvAsync(AuditFilter.Parse(http.Request.QueryString.Value ?? ""), zone, http.Response.Body, cancellationToken);
        await audit.AppendAsync(AuditAction.Export, "Audit log downloaded as CSV", Actor.Of(http), cancellationToken);
    }
}
