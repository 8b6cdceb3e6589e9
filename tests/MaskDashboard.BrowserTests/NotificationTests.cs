using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed class NotificationTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Rule_BecomesTrue_IsToldByTheBellUntilItIsSeen()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);
        await page.VisitAsync("/admin/notifications");
        await Expect(page.GetByText("No rules yet")).ToBeVisibleAsync();
        await page.GetByLabel("Name").FillAsync("Masks at the gate");
        await page.GetByLabel("People at the least").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the rule" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Masks at the gate" })).ToBeVisibleAsync();

        // Two people, one of them without a mask.
        await page.SubmitAsync(server, "two-too-close.jpg");
        var bell = page.GetByRole(AriaRole.Link, new() { Name = "Notifications: 1 new" });
        await Expect(bell).ToBeVisibleAsync();
        await bell.ClickAsync();
        await Expect(page.GetByText("Compliance 50%, limit 80%: 1 of 2 decided faces with a mask")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark Masks at the gate as seen" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Notifications: none that is new" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Photographs behind Masks at the gate" }).ClickAsync();
        await Expect(page.Locator(".history-row")).ToHaveCountAsync(1);
    }
}
