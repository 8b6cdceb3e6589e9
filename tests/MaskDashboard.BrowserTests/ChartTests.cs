using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed class ChartTests(Browser browser, SharedServer shared) : IClassFixture<Browser>, IClassFixture<SharedServer>
{
    [Fact]
    public async Task Bookmark_Followed_ShowsTheSameViewAndItsBarsLeadToThePhotographs()
    {
        var page = await browser.OpenAsync(shared.Server);
        await page.VisitAsync("/upload");
        await page.SubmitAsync(shared.Server, "two-too-close.jpg", ("siteName", "Gate 3"));

        await page.VisitAsync("/");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Period", Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Last 7 days" });
        await page.WaitForURLAsync(new Regex("from="));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Site", Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Gate 3" });
        await page.WaitForURLAsync(new Regex("from=.*site="));
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Bars" }).GetByRole(AriaRole.Link, new() { Name = "Hours" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("from=.*site=.*step=hour"));

        // Another person opens what was copied from the address.
        var other = await browser.OpenAsync(shared.Server);
        await other.VisitAsync(new Uri(page.Url).PathAndQuery);
        // On the last day of a week both names are right.
        await Expect(other.GetByRole(AriaRole.Combobox, new() { Name = "Period", Exact = true })).ToHaveValueAsync(new Regex("^(days7|week)$"));
        await Expect(other.GetByRole(AriaRole.Combobox, new() { Name = "Site", Exact = true })).ToHaveValueAsync(new Regex("^[0-9]+$"));
        await Expect(other.GetByText("1 of 2 faces with a mask").First).ToBeVisibleAsync();
        await Expect(other.Locator("nav[aria-label=Bars] [aria-current]")).ToHaveTextAsync("Hours");

        var bar = other.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("^Mask compliance") }).GetByRole(AriaRole.Link);
        await Expect(bar).ToHaveCountAsync(1);
        await bar.FocusAsync();
        Assert.Contains("1 of 2 faces", await other.EvaluateAsync<string>("() => getComputedStyle(document.activeElement, '::after').content"), StringComparison.Ordinal);
        await other.Keyboard.PressAsync("Enter");

        await other.WaitForURLAsync(new Regex("/history\\?since=.*until=.*site="));
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "two-too-close.jpg" })).ToBeVisibleAsync();
        await Expect(other.GetByText("1 photograph", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Phone_Overview_DoesNotScrollSideways()
    {
        var page = await browser.OpenAsync(shared.Server, width: 390, height: 844);
        await page.VisitAsync("/?period=any&step=day");
        Assert.True(await page.HorizontalOverflowAsync() <= 0);
    }
}
