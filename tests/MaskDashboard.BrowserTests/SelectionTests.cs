using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed class SelectionTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] _samples = ["two-too-close.jpg", "one-bare.png", "group.jpg"];

    [Fact]
    public async Task History_SelectExportDelete_ByKeyboardAndMouse()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);
        await page.VisitAsync("/upload");
        await page.Locator("input[type=file]").First.SetInputFilesAsync(_samples.Select(name => Path.Combine(DashboardServer.SamplesFolder, name)));
        await Expect(page.GetByText("3 of 3 finished")).ToBeVisibleAsync();

        // The rows are there before any circuit is.
        var early = await page.Context.NewPageAsync();
        await early.RouteAsync("**/blazor.web.*", route => route.AbortAsync());
        await early.GotoAsync("/history");
        await Expect(early.Locator(".history-row")).ToHaveCountAsync(3);

        await page.VisitAsync("/history");
        var ticks = page.Locator(".history-row input[type=checkbox]:enabled");
        await ticks.Nth(0).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("1 photograph selected")).ToBeVisibleAsync();
        await ticks.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.GetByText("3 photographs selected")).ToBeVisibleAsync();
        await ticks.Nth(1).ClickAsync();
        await Expect(page.GetByText("2 photographs selected")).ToBeVisibleAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        Assert.Matches("^mask-dashboard-selection-[0-9]{8}-[0-9]{4}\\.csv$", download.SuggestedFilename);
        var rows = (await File.ReadAllTextAsync(await download.PathAsync())).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, rows.Skip(1).Select(row => row.Split(',')[0]).Distinct().Count());

        await ticks.Nth(0).FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("2 photographs,")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete for ever" }).ClickAsync();
        await Expect(dialog.GetByText("Deleted: 2 photographs")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await Expect(page.GetByText("1 photograph", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Single(Directory.EnumerateFiles(Path.Combine(server.DataFolder, "originals"), "*", SearchOption.AllDirectories));
    }
}
