using System.Net;
using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace MaskDashboard.Tests.Accounts;

/// <summary>
/// Tries every route there is as everybody there is. A new route is in it by itself: without a policy it fails
/// <see cref="Routes_All_NameTheirPolicyOrAreKnownToBeOpen"/>.
/// </summary>
public sealed class AccessTests(AccessTests.Served served) : IClassFixture<AccessTests.Served>
{
    // Open to everybody, on purpose. Whoever adds a line here says why.
    private static readonly string[] s_open =
    [
        "/error", // one sentence, also for those who cannot sign in
        "/not-found", // says nothing of what there is
        "/sign-in",
        "/setup", // guarded by its token, gone afterwards
        "/language/{code}", // a cookie with two letters
        "/health/live", // that the process answers
    ];

    public static TheoryData<string> Visitors => ["nobody", .. Enum.GetNames<AccountRole>().Where(role => role != nameof(AccountRole.None))];

    [Fact]
    public void Routes_All_NameTheirPolicyOrAreKnownToBeOpen()
    {
        Assert.NotEmpty(served.Routes);
        var forgotten = served.Routes
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null && route.RoutePattern.RawText != Served.Closed)
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null
                ? !s_open.Contains(route.RoutePattern.RawText)
                : route.Metadata.GetOrderedMetadata<IAuthorizeData>().All(policy => policy.Policy is null))
            .Select(route => $"{route.DisplayName} ({route.RoutePattern.RawText})");
        Assert.Empty(forgotten);
    }

    [Fact]
    public void Pages_All_AreClosedOverACircuitToo()
    {
        var pages = typeof(Program).Assembly.GetTypes().Where(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Length > 0).ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.True(
            page.GetCustomAttributes(inherit: true).Any(attribute => attribute is IAuthorizeData { Policy: not null } or IAllowAnonymous), page.Name));
    }

    [Fact]
    public void StaticFiles_Served_AreThoseOfTheProgramAlone()
    {
        var files = served.Routes.Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is not null).Select(route => route.RoutePattern.RawText!.TrimStart('/')).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Matches("^(css|js|icons|samples|_content|_framework|MaskDashboard|{)", file));
    }

    [Fact]
    public async Task Route_WithoutPolicy_IsNotThereForAnybody()
    {
        using var visitor = await served.VisitAsync(nameof(AccountRole.Administrator));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Client.GetAsync("/appsettings.json")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Visitors))]
    public async Task EveryRoute_Visitor_IsAnsweredAsTheirRoleAllows(string who)
    {
        using var visitor = await served.VisitAsync(who);
        var role = Enum.TryParse<AccountRole>(who, out var parsed) ? parsed : AccountRole.None;
        var tried = 0;
        foreach (var (route, method, address) in served.Tries())
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            request.Headers.Add("RequestVerificationToken", visitor.Token);
            if (method == "POST" && route.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null)
            {
                // Pages take forms and nothing else.
                request.Content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "none of theirs")]);
            }

            using var answer = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            var needed = Needed(route);
            var refused = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
            Assert.True(refused == role < needed, $"{method} {address} as {who}, needs {needed}: {(int)answer.StatusCode}");
            Assert.Equal(refused, answer.StatusCode == (role == AccountRole.None ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden));
            Assert.True((int)answer.StatusCode < 500, $"{method} {address} as {who}: {(int)answer.StatusCode}");
            tried++;
        }

        Assert.InRange(tried, 30, 1000);
    }

    [Fact]
    public async Task EveryRouteThatChanges_WithoutToken_IsRefused()
    {
        using var visitor = await served.VisitAsync(nameof(AccountRole.Administrator));
        var tried = 0;
        foreach (var (_, method, address) in served.Tries().Where(candidate => candidate.Method is not ("GET" or "HEAD") && !candidate.Address.StartsWith("/_blazor", StringComparison.Ordinal)))
        {
            using var empty = new HttpRequestMessage(new HttpMethod(method), address);
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Client.SendAsync(empty)).StatusCode);
            using var form = new HttpRequestMessage(new HttpMethod(method), address) { Content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-in")]) };
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Client.SendAsync(form)).StatusCode);
            using var file = new HttpRequestMessage(new HttpMethod(method), address) { Content = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.jpg" } } };
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Client.SendAsync(file)).StatusCode);
            tried++;
        }

        Assert.InRange(tried, 6, 1000);
    }

    [Theory]
    [MemberData(nameof(Visitors))]
    public async Task EveryPage_Visitor_IsShownOrLedToTheSignInPageOrTold(string who)
    {
        using var visitor = await served.VisitAsync(who);
        var role = Enum.TryParse<AccountRole>(who, out var parsed) ? parsed : AccountRole.None;
        foreach (var (route, _, address) in served.Tries().Where(candidate => candidate.Method == "GET" && candidate.Route.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null))
        {
            using var answer = await visitor.OpenAsync(address);
            var text = await answer.Content.ReadAsStringAsync();
            if (role >= Needed(route))
            {
                Assert.DoesNotContain("Your role does not include this page", text, StringComparison.Ordinal);
            }
            else if (role == AccountRole.None)
            {
                Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
                Assert.Equal("/sign-in", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.OriginalString.Split('?')[0]);
            }
            else
            {
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
                Assert.Contains("Your role does not include this page", text, StringComparison.Ordinal);
            }
        }
    }

    private static AccountRole Needed(RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return AccountRole.None;
        }

        // "Signed in" is all that a password of one's own needs.
        return route.Metadata.GetOrderedMetadata<IAuthorizeData>().Max(policy => policy.Policy == Policies.SignedIn ? AccountRole.Viewer : Enum.Parse<AccountRole>(policy.Policy!));
    }

    /// <summary>The program with an account of each role, and all its routes.</summary>
    public sealed class Served : IAsyncLifetime
    {
        private readonly AccountsProgram _program = new();

        /// <summary>Files that are not among the program's, which a development build would serve: closed, since it names no policy.</summary>
        internal const string Closed = "{**path:file}";

        internal IReadOnlyList<RouteEndpoint> Routes { get; private set; } = [];

        /// <inheritdoc />
        public async Task InitializeAsync()
        {
            Routes = [.. _program.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
            await _program.SetUpAsync(nameof(AccountRole.Administrator) + " ann");
            await _program.AddAsync(nameof(AccountRole.Reviewer) + " ann", AccountRole.Reviewer);
            await _program.AddAsync(nameof(AccountRole.Viewer) + " ann", AccountRole.Viewer);
        }

        /// <inheritdoc />
        public async Task DisposeAsync() => await _program.DisposeAsync();

        internal async Task<AccountsProgram.Visitor> VisitAsync(string who)
        {
            var visitor = _program.Visit();
            if (who != "nobody")
            {
                using var answer = await visitor.SignInAsync(who + " ann");
                Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            }

            await visitor.OpenAsync(who == "nobody" ? "/sign-in" : "/about");
            return visitor;
        }

        /// <summary>Each route with each of its methods, at an address where there is nothing to spoil.</summary>
        internal IEnumerable<(RouteEndpoint Route, string Method, string Address)> Tries()
        {
            foreach (var route in Routes.Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null && route.RoutePattern.RawText is not (AccountAddresses.SignOut or Closed)))
            {
                var address = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "code" } => "en",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "format" } => "csv",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
                    _ => "987654",
                }))));
                foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                {
                    // Pages take forms at their own address; only those that have one are tried with it.
                    if (method != "POST" || route.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is null || address is "/sign-in" or "/account/password")
                    {
                        yield return (route, method, address);
                    }
                }
            }
        }
    }
}
