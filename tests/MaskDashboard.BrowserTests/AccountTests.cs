using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed partial class AccountTests(Browser browser) : IClassFixture<Browser>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Accounts_FromSetUpToSignOutEverywhere_OfferEachRoleWhatItMay()
    {
        await using var server = await DashboardServer.StartWithAccountsAsync();

        // Nothing else works before; the printed address does, once.
        var ann = await browser.OpenAsync(server);
        await ann.GotoAsync("/history");
        await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Make the first administrator");
        await SetUpAsync(ann, server);

        // The administrator uploads a photograph, and makes accounts.
        await ann.VisitAsync("/upload");
        await ann.Locator("input[type=file]").First.SetInputFilesAsync(Path.Combine(DashboardServer.SamplesFolder, "two-too-close.jpg"));
        await Expect(ann.GetByText("1 of 1 finished")).ToBeVisibleAsync();
        var (viewer, viewersName) = (await JoinAsync(ann, server, "Viewer"), "vera Viewer");
        await Expect(viewer.Locator("nav a[href='/history']")).ToBeVisibleAsync();
        await Expect(viewer.Locator("nav a[href='/upload'], nav a[href='/review'], nav a[href^='/admin']")).ToHaveCountAsync(0);
        await viewer.VisitAsync("/images/1");
        await Expect(viewer.GetByRole(AriaRole.Link, new() { Name = "JSON" })).ToBeVisibleAsync();
        await Expect(viewer.GetByRole(AriaRole.Button, new() { Name = "Delete…" })).ToHaveCountAsync(0);
        await Expect(viewer.GetByRole(AriaRole.Link, new() { Name = "Review" })).ToHaveCountAsync(0);
        await viewer.VisitAsync("/upload");
        await Expect(viewer.GetByText("Your role does not include this page")).ToBeVisibleAsync();

        var reviewer = await JoinAsync(ann, server, "Reviewer");
        await Expect(reviewer.Locator("nav a[href='/upload']")).ToBeVisibleAsync();
        await Expect(reviewer.Locator("nav a[href^='/admin']")).ToHaveCountAsync(0);
        await reviewer.VisitAsync("/images/1");
        await Expect(reviewer.GetByRole(AriaRole.Link, new() { Name = "Review" }).Last).ToBeVisibleAsync();
        await Expect(reviewer.GetByRole(AriaRole.Button, new() { Name = "Delete…" })).ToHaveCountAsync(0);
        await ann.VisitAsync("/images/1");
        await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Delete…" })).ToBeVisibleAsync();

        // Signed out everywhere: the open page goes to the sign-in page by itself.
        await viewer.VisitAsync("/history");
        await ann.VisitAsync("/admin/users");
        await ann.GetByRole(AriaRole.Button, new() { Name = $"Sign out everywhere: {viewersName}" }).ClickAsync();
        await viewer.WaitForURLAsync(new Regex("/sign-in"));

        // Five wrong passwords lock the account, also against the right one, and the sentence is the same.
        for (var tries = 0; tries < 5; tries++)
        {
            await SignInAsync(viewer, viewersName, "wrong password");
            await Expect(viewer.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name or password is wrong");
        }

        await SignInAsync(viewer, viewersName, Password);
        await Expect(viewer.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name or password is wrong");
        await ann.VisitAsync("/admin/users");
        await ann.GetByRole(AriaRole.Button, new() { Name = $"Unlock {viewersName}" }).ClickAsync();
        await Expect(ann.GetByRole(AriaRole.Button, new() { Name = $"Lock {viewersName}" })).ToBeVisibleAsync();
        await SignInAsync(viewer, viewersName, Password);
        await Expect(viewer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("History");

        // The selection's export is a form, and goes with the page's token.
        await viewer.VisitAsync("/history");
        await viewer.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("two-too-close") }).ClickAsync();
        var download = await viewer.RunAndWaitForDownloadAsync(() => viewer.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        Assert.Contains("two-too-close.jpg", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);

        // Deleted: the open page ends too.
        await ann.GetByRole(AriaRole.Button, new() { Name = $"Delete {viewersName}" }).ClickAsync();
        await ann.GetByRole(AriaRole.Button, new() { Name = "Delete for ever" }).ClickAsync();
        await viewer.WaitForURLAsync(new Regex("/sign-in"));

        await ann.VisitAsync("/admin/audit?action=Account");
        await Expect(ann.GetByText($"Account {viewersName} deleted")).ToBeVisibleAsync();
        await ann.Locator(".user-menu summary").ClickAsync();
        await ann.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await ann.WaitForURLAsync(new Regex("/sign-in"));
    }

    [Fact]
    public async Task ApiKey_MadeOnThePage_WorksUntilItIsRevoked()
    {
        await using var server = await DashboardServer.StartWithAccountsAsync();
        var ann = await browser.OpenAsync(server);
        await SetUpAsync(ann, server);

        await ann.VisitAsync("/account");
        await ann.GetByLabel("Name").FillAsync("camera");
        await ann.GetByLabel("Name").BlurAsync();
        await ann.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var secret = await ann.Locator(".once-secret").InnerTextAsync();
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync("/api/v1/images")).StatusCode);

        await ann.GetByRole(AriaRole.Button, new() { Name = "Revoke camera" }).ClickAsync();
        await ann.GetByRole(AriaRole.Button, new() { Name = "Revoke for ever" }).ClickAsync();
        await Expect(ann.GetByText("revoked")).ToBeVisibleAsync();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/images")).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PagesOfAccounts_EitherTheme_HaveNoSeriousViolationAndFitAPhone(bool dark)
    {
        await using var server = await DashboardServer.StartWithAccountsAsync();
        var page = await browser.OpenAsync(server, width: 390, height: 844, dark: dark);
        var violations = new List<string>();
        await page.GotoAsync("/setup");
        await LookAsync("/setup");
        await SetUpAsync(page, server);
        await page.VisitAsync("/account");
        await page.GetByLabel("Name").FillAsync("camera");
        await page.GetByLabel("Name").BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Revoke camera" })).ToBeVisibleAsync();
        await page.Locator(".user-menu summary").ClickAsync();
        await LookAsync("/account");
        await page.VisitAsync("/admin/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock ann" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No administrator who can sign in would be left");
        await LookAsync("/admin/users");
        await page.VisitAsync("/admin/audit");
        await LookAsync("/admin/audit");
        await page.GotoAsync("/account/password");
        await LookAsync("/account/password");

        var stranger = await browser.OpenAsync(server, width: 390, height: 844, dark: dark);
        await stranger.GotoAsync("/sign-in");
        await SignInAsync(stranger, "nobody", "nothing");
        await Expect(stranger.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await stranger.LookOverAsync("/sign-in", violations);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Distinct()));

        async Task LookAsync(string path)
        {
            await page.LookOverAsync(path, violations);
            Assert.True(await page.HorizontalOverflowAsync() <= 0, path);
        }
    }

    [Fact]
    public async Task Demo_EveryPage_SaysThatThereAreNoAccounts()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);
        foreach (var address in new[] { "/", "/upload", "/history", "/admin/settings", "/admin/users", "/nowhere" })
        {
            await page.VisitAsync(address);
            await Expect(page.GetByRole(AriaRole.Note)).ToContainTextAsync("Demo without accounts");
        }
    }

    private static async Task SetUpAsync(IPage page, DashboardServer server)
    {
        await page.GotoAsync(SetupAddress().Match(server.Output).Value);
        await page.GetByLabel("Name").FillAsync("ann");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Password again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account and sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    // Makes an account, and signs in as its owner in a browser of its own.
    private async Task<IPage> JoinAsync(IPage administrator, DashboardServer server, string role)
    {
        var name = $"vera {role}";
        await administrator.VisitAsync("/admin/users");
        await administrator.GetByLabel("Name").FillAsync(name);
        await administrator.GetByLabel("Name").BlurAsync();
        await administrator.Locator("form .role-select").SelectOptionAsync(role);
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        var once = await administrator.Locator(".once-secret").InnerTextAsync();

        var page = await browser.OpenAsync(server);
        await page.GotoAsync("/sign-in");
        await SignInAsync(page, name, once);
        await page.GetByLabel("One-time password").FillAsync(once);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("New password again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        return page;
    }

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/setup\?token=\S+")]
    private static partial Regex SetupAddress();
}
