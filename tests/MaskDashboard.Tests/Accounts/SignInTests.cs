using System.Net;
using System.Net.Http.Headers;
using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Accounts;

/// <summary>Signing in as a browser and as a program do, over a real socket.</summary>
public sealed class SignInTests(SignInTests.Served served) : IClassFixture<SignInTests.Served>
{
    private readonly AccountsProgram _program = served.Program;

    [Fact]
    public async Task Setup_WithTheToken_SignsInAndIsGoneAfterwards()
    {
        await using var program = new AccountsProgram();
        using var visitor = program.Visit();
        Assert.Equal("/setup", (await visitor.OpenAsync("/history")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Client.GetAsync("/api/v1/images")).StatusCode);
        Assert.EndsWith("/setup", (await visitor.OpenAsync("/sign-in")).Headers.Location!.OriginalString, StringComparison.Ordinal);

        await visitor.OpenAsync("/setup");
        (string, string)[] fields = [("Form.Name", "ann"), ("Form.Password", AccountsProgram.Password), ("Form.Again", AccountsProgram.Password)];
        using var guessed = await visitor.SubmitAsync("/setup", "setup", [.. fields, ("Form.Token", "guess")]);
        Assert.Contains("The token is not the one", await guessed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var made = await visitor.SubmitAsync("/setup", "setup", [.. fields, ("Form.Token", program.Get<SetupToken>().Text!)]);

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/admin/users")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/setup")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/setup?token=guess")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WrongNameOrPassword_AreToldApartByNothing()
    {
        using var visitor = _program.Visit();
        using var nobody = await visitor.SignInAsync("nobody", "some password");
        using var wrong = await visitor.SignInAsync("kim", "some password");

        Assert.Equal(Sentence(await nobody.Content.ReadAsStringAsync()), Sentence(await wrong.Content.ReadAsStringAsync()));
        Assert.Equal(nobody.StatusCode, wrong.StatusCode);
        Assert.False(wrong.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("md-session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SignIn_Right_SetsACookieThatScriptsAndOtherSitesDoNotGet()
    {
        using var visitor = _program.Visit();
        using var answer = await visitor.SignInAsync("kim");

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("md-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("%2Fhistory%3Fsite%3D0", "/history?site=0")]
    [InlineData("%2F%2Fevil.example", "/")]
    [InlineData("%2F%5Cevil.example", "/")]
    [InlineData("https%3A%2F%2Fevil.example", "/")]
    public async Task SignIn_ReturnAddress_LeadsToOurPagesOnly(string returnUrl, string target)
    {
        using var visitor = _program.Visit();
        await visitor.OpenAsync($"/sign-in?returnUrl={returnUrl}");
        using var answer = await visitor.SubmitAsync($"/sign-in?returnUrl={returnUrl}", "sign-in", ("Form.Name", "kim"), ("Form.Password", AccountsProgram.Password));

        Assert.Equal(target, new Uri(visitor.Client.BaseAddress!, answer.Headers.Location!).PathAndQuery);
        Assert.Equal(visitor.Client.BaseAddress!.Authority, new Uri(visitor.Client.BaseAddress!, answer.Headers.Location!).Authority);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    public async Task SignIn_PostOfNoForm_IsRefusedInOneSentence(string? contentType)
    {
        using var visitor = _program.Visit();
        await visitor.OpenAsync("/sign-in");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        request.Headers.Add("RequestVerificationToken", visitor.Token);
        if (contentType is not null)
        {
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, contentType);
        }

        using var answer = await visitor.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("takes nothing but its own form", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_WithToken_EndsTheCookieEvenForWhoKeptIt()
    {
        using var visitor = _program.Visit();
        await visitor.SignInAsync("kim");
        await visitor.OpenAsync("/about");
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Client.PostAsync("/sign-out", null)).StatusCode);
        using var copy = new HttpRequestMessage(HttpMethod.Get, "/history");
        copy.Headers.Add("Cookie", visitor.Cookie("md-session"));

        using var answer = await visitor.SubmitAsync("/sign-out", null);

        Assert.Equal("/sign-in", answer.Headers.Location!.OriginalString);
        using var stranger = _program.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.Client.SendAsync(copy)).StatusCode);
        await using var context = await _program.Get<IDbContextFactory<DashboardDbContext>>().CreateDbContextAsync();
        Assert.True(await context.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.SignOut && entry.UserName == "kim"));
    }

    [Fact]
    public async Task SignOutEverywhere_OtherBrowser_IsAskedToSignInAtItsNextRequest()
    {
        await _program.AddAsync("roaming", AccountRole.Viewer);
        using var visitor = _program.Visit();
        await visitor.SignInAsync("roaming");
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/about")).StatusCode);
        var account = (await _program.Get<AccountService>().ListAsync()).Single(row => row.User.UserName == "roaming").User;

        await _program.Get<AccountService>().SignOutEverywhereAsync(account.Id, Actor.Program);

        Assert.Equal("/sign-in?returnUrl=%2Fabout", (await visitor.OpenAsync("/about")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task OneTimePassword_SignedIn_LeadsToANewPasswordFromEverywhere()
    {
        var once = await _program.Get<AccountMaker>().CreateAsync("newcomer", AccountRole.Administrator, Actor.Program);
        using var visitor = _program.Visit();
        using var signedIn = await visitor.SignInAsync("newcomer", once.Password);

        Assert.EndsWith("/account/password", signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("/account/password", (await visitor.OpenAsync("/admin/users")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Client.GetAsync("/api/v1/images")).StatusCode);
        await visitor.OpenAsync("/account/password");
        using var changed = await visitor.SubmitAsync(
            "/account/password", "new-password", ("Form.Current", once.Password), ("Form.Password", AccountsProgram.Password), ("Form.Again", AccountsProgram.Password));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/admin/users")).StatusCode);
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("X-Api-Key", "")]
    public async Task ApiKey_OfAReviewer_ReadsAndSubmitsAndDeletesNothing(string header, string before)
    {
        using var client = _program.Visit().Client;
        client.DefaultRequestHeaders.Add(header, before + served.ReviewerKey);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/images")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics")).StatusCode);
        using var file = new MultipartFormDataContent { { new ByteArrayContent("no picture"u8.ToArray()), "file", "a.jpg" } };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsync("/api/v1/images", file)).StatusCode);
        using var denied = await client.DeleteAsync("/api/v1/images/1");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal("application/problem+json", denied.Content.Headers.ContentType!.MediaType);
        // A key is for programs: it opens no page, whose forms it could not send.
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/history")).StatusCode);
    }

    [Fact]
    public async Task ApiKey_Unknown_IsRefusedWithAProblem()
    {
        using var client = _program.Visit().Client;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "mdk_unknown");

        using var answer = await client.GetAsync("/api/v1/images");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Contains("API key", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_Filtered_IsPagedAndDownloadedByAdministrators()
    {
        var log = _program.Get<AuditLog>();
        for (var number = 0; number < 60; number++)
        {
            await log.AppendAsync(AuditAction.Export, $"=export {number}", new Actor("7", "pager", "192.0.2.7"));
        }

        using var visitor = _program.Visit();
        await visitor.SignInAsync("ann");
        var first = await (await visitor.OpenAsync("/admin/audit?who=pager&action=Export")).Content.ReadAsStringAsync();
        Assert.Contains("=export 59<", first, StringComparison.Ordinal);
        Assert.DoesNotContain("=export 9<", first, StringComparison.Ordinal);
        var older = System.Text.RegularExpressions.Regex.Match(first, "before=(\\d+)").Groups[1].Value;
        var second = await (await visitor.OpenAsync($"/admin/audit?who=pager&action=Export&before={older}")).Content.ReadAsStringAsync();
        Assert.Contains("=export 9<", second, StringComparison.Ordinal);
        Assert.DoesNotContain("=export 10<", second, StringComparison.Ordinal);
        Assert.Contains("No entries", await (await visitor.OpenAsync("/admin/audit?who=pager&to=2020-01-01")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var csv = await visitor.Client.GetAsync("/admin/audit.csv?who=pager");
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(61, lines.Length);
        Assert.EndsWith("number,timeUtc,action,who,address,details", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",Export,pager,192.0.2.7,'=export 59", lines[1], StringComparison.Ordinal);
    }

    private static string Sentence(string page) => System.Text.RegularExpressions.Regex.Match(page, "role=\"alert\">([^<]+)<").Groups[1].Value is { Length: > 0 } sentence
        ? sentence
        : throw new InvalidOperationException("The page says nothing.");

    /// <summary>The program with an administrator, a reviewer with a key, and a viewer.</summary>
    public sealed class Served : IAsyncLifetime
    {
        internal AccountsProgram Program { get; } = new();

        internal string ReviewerKey { get; private set; } = "";

        /// <inheritdoc />
        public async Task InitializeAsync()
        {
            await Program.SetUpAsync();
            await Program.AddAsync("kim", AccountRole.Viewer);
            var lee = await Program.AddAsync("lee", AccountRole.Reviewer);
            ReviewerKey = await Program.Get<ApiKeyService>().CreateAsync("camera", AccountRole.Reviewer, 30, new Actor(lee.UserId, "lee", null, lee.Role));
        }

        /// <inheritdoc />
        public async Task DisposeAsync() => await Program.DisposeAsync();
    }
}
