using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MaskDashboard.Tests.Accounts;

/// <summary>The cookie of a sign-in: where it travels and how long it holds.</summary>
public sealed class SessionCookieTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private DashboardHost _host = null!;
    private AccountFacts _ann = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        _host = await AccountServiceTests.HostAsync();
        _ann = await AccountServiceTests.SetUpAsync(_host);
        _host.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(AccountSchemes.Cookie).TimeProvider = _clock;
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task SignIn_OverHttps_TheCookieTravelsNoOtherWay(string scheme, bool secure) =>
        Assert.Equal(secure, (await SignInAsync(scheme)).Contains("; secure", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task Cookie_Used_HoldsTwelveHoursFromTheLastUse()
    {
        var cookie = await SignInAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal((true, null), await UseAsync(cookie));

        _clock.Advance(TimeSpan.FromHours(2));
        var (holds, renewed) = await UseAsync(cookie);
        Assert.True(holds);
        Assert.NotNull(renewed);

        _clock.Advance(TimeSpan.FromHours(11));
        Assert.False((await UseAsync(cookie)).Holds);
        Assert.True((await UseAsync(renewed)).Holds);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.False((await UseAsync(renewed)).Holds);
    }

    private static string? SetCookie(HttpContext http) =>
        http.Response.Headers.SetCookie.SingleOrDefault(set => set!.StartsWith("md-session=", StringComparison.Ordinal));

    private async Task<string> SignInAsync(string scheme = "http")
    {
        await using var scope = _host.Get<IServiceScopeFactory>().CreateAsyncScope();
        var http = Request(scope, scheme);
        await AccountsSetup.SignInAsync(http, _ann, stay: false);
        return SetCookie(http)!;
    }

    private async Task<(bool Holds, string? Renewed)> UseAsync(string cookie)
    {
        await using var scope = _host.Get<IServiceScopeFactory>().CreateAsyncScope();
        var http = Request(scope, "http");
        http.Request.Headers.Cookie = cookie.Split(';')[0];
        var holds = (await http.AuthenticateAsync(AccountSchemes.Cookie)).Succeeded;
        await ((StartingResponse)http.Features.GetRequiredFeature<IHttpResponseFeature>()).StartAsync();
        return (holds, SetCookie(http));
    }

    private static DefaultHttpContext Request(AsyncServiceScope scope, string scheme)
    {
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Features.Set<IHttpResponseFeature>(new StartingResponse());
        http.Request.Scheme = scheme;
        http.Request.Host = new HostString("dashboard.example");
        return http;
    }

    // Cookies are renewed when the answer starts.
    private sealed class StartingResponse : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Callback, object State)> _starting = [];

        public override void OnStarting(Func<object, Task> callback, object state) => _starting.Add((callback, state));

        public async Task StartAsync()
        {
            foreach (var (callback, state) in _starting)
            {
                await callback(state);
            }
        }
    }
}
