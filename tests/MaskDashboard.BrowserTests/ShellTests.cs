using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed class ShellTests(Browser browser, SharedServer shared) : IClassFixture<Browser>, IClassFixture<SharedServer>
{
    private readonly DashboardServer _server = shared.Server;

    [Fact]
    public async Task Theme_Chosen_StaysAfterReload()
    {
        var page = await browser.OpenAsync(_server);
        await page.VisitAsync("/");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");

        await page.GetByRole(AriaRole.Button, new() { Name = "Colours" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task Theme_DarkSystem_IsDarkFromTheFirstFrame()
    {
        var page = await browser.OpenAsync(_server, dark: true);
        // Without this script no circuit comes and nothing is drawn twice: what stands is the first frame.
        await page.RouteAsync("**/blazor.web.*", route => route.AbortAsync());
        await page.GotoAsync("/");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(16, 19, 21)");
    }

    [Fact]
    public async Task Language_OfTheBrowser_IsSpokenAndCanBeSwitched()
    {
        var page = await browser.OpenAsync(_server, language: "ko-KR");
        await page.VisitAsync("/");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ko");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("개요");

        await page.GetByRole(AriaRole.Button, new() { Name = "언어" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "English" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    public async Task Phone_AnyPage_DoesNotScrollSideways(string path)
    {
        var page = await browser.OpenAsync(_server, width: 390, height: 844);
        await page.VisitAsync(path);
        Assert.True(await page.HorizontalOverflowAsync() <= 0);
    }

    [Fact]
    public async Task Phone_Menu_OpensTheNavigation()
    {
        var page = await browser.OpenAsync(_server, width: 390, height: 844);
        await page.VisitAsync("/");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Overview" })).Not.ToBeInViewportAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Overview" })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Address_Unknown_SaysSoWithStatus404()
    {
        var page = await browser.OpenAsync(_server);
        var answer = await page.GotoAsync("/nowhere");
        Assert.Equal(404, answer!.Status);
        await Expect(page.GetByText("There is nothing at this address")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Failure_OfThePage_IsSaidOnlyWhenBlazorSaysIt()
    {
        var page = await browser.OpenAsync(_server);
        // Without stylesheets: so stands every page for a moment while it loads.
        await page.RouteAsync("**/*.css*", route => route.AbortAsync());
        await page.VisitAsync("/about");
        var notice = page.GetByText("This page stopped working");
        await Expect(notice).ToBeHiddenAsync();

        // What blazor.web.js does on an error that nobody caught.
        await page.EvaluateAsync("() => { document.querySelector('#blazor-error-ui').style.display = 'block'; }");

        await Expect(notice).ToBeVisibleAsync();
    }
}
