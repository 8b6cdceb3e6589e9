using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed partial class TuningTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] _samples = ["group.jpg", "two-masked-apart.jpg"];

    [Fact]
    public async Task MinDistance_MovedSavedAppliedAndRolledBack_IsSeenEverywhere()
    {
        await using var server = await DashboardServer.StartWithAccountsAsync();
        var page = await browser.OpenAsync(server);
        await page.BecomeAdministratorAsync(server, "ann");
        await page.VisitAsync("/upload");
        await page.Locator("input[type=file]").First.SetInputFilesAsync(_samples.Select(name => Path.Combine(DashboardServer.SamplesFolder, name)));
        await Expect(page.GetByText("2 of 2 finished")).ToBeVisibleAsync(new() { Timeout = 120_000 });

        await page.VisitAsync("/admin/settings");
        var (saved, tried, sentence) = (page.Locator("[data-side=saved] .half-figures"), page.Locator("[data-side=tried] .half-figures"), page.Locator("[data-whatif]"));
        await Expect(sentence).ToContainTextAsync("Changes no face of 2 photographs and 10 faces");
        var before = await saved.TextContentAsync();
        Assert.Equal(before, await tried.TextContentAsync());

        // The photograph with most faces is shown; everybody on it is nearer than 1,000 pixels to somebody.
        var setting = page.Locator("[data-setting=MinDistancePixelsTopLeft]");
        await setting.Locator("input[type=range]").FillAsync("1000");
        await Expect(tried).ToContainTextAsync("8 too close");
        await Expect(saved).ToHaveTextAsync(before!);
        await Expect(setting).ToContainTextAsync("changed, saved: 130 px");
        await Expect(sentence).ToContainTextAsync("too close from");
        await Expect(page.Locator("figure svg[role=img]")).ToHaveAttributeAsync("aria-label", Along());
        await Expect(page.GetByText("tried: 1,000 px")).ToBeVisibleAsync();

        // Nothing applies until it is saved, and a journey asks first.
        Assert.Equal((1, 0), await VersionAndFacesTooFarAsync(page, server));
        await page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        Assert.EndsWith("/admin/settings", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await Expect(page.GetByText("Say in a few words why")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-scope]")).ToHaveTextAsync("History: 2 photographs to judge anew");
        await page.GetByLabel("Reason (required)").FillAsync("Guidance of the browser test");
        await page.GetByLabel("new photographs and the history").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await Expect(page.GetByText("Version 2 was applied to the history")).ToBeVisibleAsync();
        await Expect(page.Locator("table.versions")).ToContainTextAsync("Guidance of the browser test");
        await Expect(page.Locator("table.versions")).ToContainTextAsync("ann");
        await Expect(sentence).ToContainTextAsync("Changes no face");
        Assert.Equal((2, 10), await VersionAndFacesTooFarAsync(page, server));

        // Whoever reads the charts later sees when the rule changed.
        await page.VisitAsync("/");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Marks in the charts" })).ToContainTextAsync("ettings version 2");
        await page.VisitAsync("/admin/settings");

        await page.GetByRole(AriaRole.Button, new() { Name = "Roll the history back" }).ClickAsync();
        await Expect(page.GetByText("Version 2 was taken back from the history")).ToBeVisibleAsync();
        Assert.Equal((1, 0), await VersionAndFacesTooFarAsync(page, server));

        // The values of the first version are one click away; they become a change like any other.
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 1" }).ClickAsync();
        await Expect(setting).ToContainTextAsync("changed, saved: 1,000 px");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(page.GetByText("not saved")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Phone_Settings_DoNotScrollSideways()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server, width: 390, height: 844);
        await page.VisitAsync("/admin/settings");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Versions" })).ToBeVisibleAsync();
        Assert.True(await page.HorizontalOverflowAsync() <= 0);
    }

    // The version of the first photograph's result, and how many of both photographs' faces are too close although further apart than the first version's 130 pixels.
    private static async Task<(long Version, int TooFar)> VersionAndFacesTooFarAsync(IPage page, DashboardServer server)
    {
        var (version, tooFar) = (0L, 0);
        foreach (var image in new[] { 1, 2 })
        {
            var answer = await page.APIRequest.GetAsync($"{server.Address}/images/{image}/result.json");
            var result = JsonDocument.Parse(await answer.TextAsync()).RootElement;
            version = result.GetProperty("settingsVersion").GetInt64();
            tooFar += result.GetProperty("faces").EnumerateArray().Count(face => face.GetProperty("tooClose").GetBoolean() && face.GetProperty("nearestPixelsTopLeft").GetDouble() >= 130);
        }

        return (version, tooFar);
    }

    [GeneratedRegex("along MIN_DISTANCE, top-left corners from 0 px to 1,000 px")]
    private static partial Regex Along();
}
