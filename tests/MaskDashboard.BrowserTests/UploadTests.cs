using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MaskDashboard.BrowserTests;

[Collection(BrowserCollection.Name)]
public sealed class UploadTests(Browser browser)
{
    private static readonly string[] _samples = ["two-too-close.jpg", "one-bare.png", "empty-room.webp"];

    [Fact]
    public async Task Upload_ThreeSamples_FinishAndStandInTheHistoryWithTheirBoxes()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);

        await page.VisitAsync("/upload");
        await page.Locator("input[type=file]").First.SetInputFilesAsync(_samples.Select(name => Path.Combine(DashboardServer.SamplesFolder, name)));
        foreach (var name in _samples)
        {
            await Assertions.Expect(page.Locator("main").GetByText(name).First).ToBeVisibleAsync();
        }

        await Assertions.Expect(page.GetByText("3 of 3 finished")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByText("2 faces · 1 with a mask · 1 without · 2 too close")).ToBeVisibleAsync();

        await page.VisitAsync("/history");
        foreach (var name in _samples)
        {
            await Assertions.Expect(page.GetByText(name).First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        }

        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("two-too-close") }).First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/images/\\d+"));
        var result = await page.APIRequest.GetAsync(new Regex("/images/\\d+").Match(page.Url).Value is var path ? server.Address + path + "/result.json" : "");
        var faces = JsonDocument.Parse(await result.TextAsync()).RootElement.GetProperty("faces");
        Assert.Equal(2, faces.GetArrayLength());
        await Assertions.Expect(page.GetByText("2 too close").First).ToBeVisibleAsync();
    }
}
