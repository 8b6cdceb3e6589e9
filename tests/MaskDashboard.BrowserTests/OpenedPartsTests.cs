using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

/// <summary>What is on a page only after it was asked for: menus, dialogs, tables behind charts.</summary>
public sealed class OpenedPartsTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatOpens_OnPages_HasNoSeriousViolation(bool dark)
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server, dark: dark);
        var violations = new List<string>();
        await page.AddResultsAsync(server);

        await page.VisitAsync("/");
        foreach (var table in await page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).AllAsync())
        {
            await table.ClickAsync();
        }

        await Expect(page.Locator(".chart-table")).ToHaveCountAsync(4);
        await page.LookOverAsync("/ with its tables", violations);

        await page.VisitAsync("/history");
        await page.GetByText("Export", new() { Exact = true }).ClickAsync();
        await page.Locator(".history-row input[type=checkbox]").First.ClickAsync();
        await Expect(page.GetByText("1 photograph selected")).ToBeVisibleAsync();
        await page.LookOverAsync("/history, exporting and selecting", violations);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("1 photograph,")).ToBeVisibleAsync();
        await page.LookOverAsync("/history, deleting", violations);

        await page.OpenReviewAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator(".notice-words")).ToContainTextAsync("No mask");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Search)).ToBeVisibleAsync();
        await page.LookOverAsync("/review with its filter, corrected", violations);
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.LookOverAsync("/review, keys", violations);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator(".notice-words")).ToContainTextAsync("Reviewed");

        await page.VisitAsync("/review/accuracy");
        await Expect(page.GetByText("marked as reviewed: 1.")).ToBeVisibleAsync();
        await page.LookOverAsync("/review/accuracy with figures", violations);

        await page.VisitAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Colours" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Dark" })).ToBeVisibleAsync();
        await page.LookOverAsync("/ with a menu", violations);

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Distinct()));
    }
}
