using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed partial class ReviewTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] _samples = ["two-too-close.jpg", "two-masked-apart.jpg", "three-one-bare.jpg"];

    [Fact]
    public async Task Keyboard_TenPhotographs_AreReviewedWithoutTheMouse()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);
        await UploadAsync(page, [.. Enumerable.Range(0, 10).Select(Variant)]);

        await page.OpenReviewAsync();
        var seen = new HashSet<string>();
        for (var number = 0; number < 10; number++)
        {
            await Expect(page.Locator(".tab[aria-current=page] .count")).ToHaveTextAsync($"{10 - number}");
            Assert.True(seen.Add(ReviewAddress().Match(page.Url).Value), $"{page.Url} came twice.");
            if (number == 0)
            {
                await page.Keyboard.PressAsync("x");
                await Expect(Notice(page)).ToContainTextAsync("Not a face");
                await page.Keyboard.PressAsync("u");
                await Expect(Notice(page)).ToHaveTextAsync("Undone");
                await page.Keyboard.PressAsync("y");
                await Expect(Notice(page)).ToHaveTextAsync("Done again");
                await Expect(page.Locator(".face-active .chip-rejected")).ToBeVisibleAsync();
            }
            else
            {
                await page.Keyboard.PressAsync("ArrowRight");
                await Expect(page.Locator(".list .face-active .number")).ToHaveTextAsync("2");
                await page.Keyboard.PressAsync("n");
                await Expect(Notice(page)).ToHaveTextAsync("Face 2: No mask");
            }

            await page.Keyboard.PressAsync(number % 2 == 0 ? "r" : "Enter");
        }

        await Expect(page.GetByText("Everything is reviewed")).ToBeVisibleAsync();

        // The last mark can be taken back, and made again, from where nothing is left.
        await page.Keyboard.PressAsync("u");
        await Expect(Notice(page)).ToContainTextAsync("waits for a review again");
        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByText("Everything is reviewed")).ToBeVisibleAsync();

        Assert.Equal("noMask", (await FacesAsync(page, server, seen.ElementAt(1)))[1]);
        await page.VisitAsync("/review/accuracy");
        await Expect(page.GetByText("marked as reviewed: 10.")).ToBeVisibleAsync();
        await Expect(page.GetByText("marked as not a face: 1.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keyboard_FirstVisitOfABrowserTypedAhead_EveryKeyMeansTheNextPhotograph()
    {
        await using var server = await DashboardServer.StartAsync();
        await UploadAsync(await browser.OpenAsync(server), [.. Enumerable.Range(0, 6).Select(Variant)]);

        // A browser that was never here: its time zone is news to the program, which makes the page anew.
        var page = await browser.OpenAsync(server);
        await page.OpenReviewAsync();
        await Expect(page.Locator(".tab[aria-current=page] .count")).ToHaveTextAsync("6");
        for (var number = 0; number < 6; number++)
        {
            await page.Keyboard.PressAsync("n");
            await page.Keyboard.PressAsync("r");
        }

        await Expect(page.GetByText("Everything is reviewed")).ToBeVisibleAsync();
        var list = await (await page.APIRequest.GetAsync($"{server.Address}/api/v1/images")).JsonAsync();
        foreach (var item in list!.Value.GetProperty("items").EnumerateArray())
        {
            Assert.Equal("noMask", (await FacesAsync(page, server, $"/review/{item.GetProperty("id").GetInt64()}"))[0]);
        }
    }

    [Fact]
    public async Task Mouse_MissedFaces_AreDrawnClassifiedAndMeasured()
    {
        // No face is large enough for these settings: both are missed.
        await using var server = await DashboardServer.StartAsync("--Analysis:MinFaceSizePixels=1000");
        var page = await browser.OpenAsync(server);
        await UploadAsync(page, [Variant(0)]);
        await page.OpenReviewAsync();
        var image = ReviewAddress().Match(page.Url).Value;
        Assert.Empty(await FacesAsync(page, server, image));

        var number = 0;
        foreach (var (left, top, right, bottom) in Annotated("two-too-close"))
        {
            number++;
            await page.GetByRole(AriaRole.Button, new() { Name = "Draw", Exact = true }).ClickAsync();
            await Expect(Notice(page)).ToHaveTextAsync("Draw a box around the face that was missed.");
            var canvas = page.Locator(".photo-canvas");
            var frame = (await canvas.BoundingBoxAsync())!;
            var scale = frame.Width / float.Parse((await canvas.GetAttributeAsync("data-width"))!, CultureInfo.InvariantCulture);
            await page.Mouse.MoveAsync(frame.X + left * scale, frame.Y + top * scale);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(frame.X + (left + right) / 2 * scale, frame.Y + bottom * scale);
            await page.Mouse.MoveAsync(frame.X + right * scale, frame.Y + bottom * scale);
            await page.Mouse.UpAsync();
            await Expect(Notice(page)).ToContainTextAsync(new Regex("^Face [12] added: (Mask|No mask)$"), new() { Timeout = 60_000 });
            await Expect(page.Locator(".list li")).ToHaveCountAsync(number);
        }

        Assert.Equal(["mask", "noMask"], (await FacesAsync(page, server, image)).Order());
        await Expect(page.Locator(".list .close")).ToHaveCountAsync(2);

        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator(".list li")).ToHaveCountAsync(1);
        await Expect(page.Locator(".list .close")).ToHaveCountAsync(0);
    }

    private static ILocator Notice(IPage page) => page.Locator(".notice-words");

    private static async Task UploadAsync(IPage page, IReadOnlyList<FilePayload> files)
    {
        await page.VisitAsync("/upload");
        await page.Locator("input[type=file]").First.SetInputFilesAsync(files);
        await Expect(page.GetByText($"{files.Count} of {files.Count} finished")).ToBeVisibleAsync(new() { Timeout = 300_000 });
    }

    // The same picture with other bytes: a JPEG comment after the start marker makes it another photograph.
    private static FilePayload Variant(int number)
    {
        var bytes = File.ReadAllBytes(Path.Combine(DashboardServer.SamplesFolder, _samples[number % _samples.Length]));
        byte[] comment = [0xFF, 0xFE, 0x00, 0x03, (byte)number];
        return new FilePayload { Name = $"gate-{number}.jpg", MimeType = "image/jpeg", Buffer = [.. bytes[..2], .. comment, .. bytes[2..]] };
    }

    private static IEnumerable<(float Left, float Top, float Right, float Bottom)> Annotated(string sample) =>
        XDocument.Load(Path.Combine(DashboardServer.RepositoryRoot, "tests", "assets", "annotations", $"{sample}.xml"))
            .Descendants("bndbox")
            .Select(box => (Side(box, "xmin"), Side(box, "ymin"), Side(box, "xmax"), Side(box, "ymax")));

    private static float Side(XElement box, string name) => float.Parse(box.Element(name)!.Value, CultureInfo.InvariantCulture);

    private static async Task<List<string>> FacesAsync(IPage page, DashboardServer server, string reviewAddress)
    {
        var answer = await page.APIRequest.GetAsync($"{server.Address}/images/{reviewAddress["/review/".Length..]}/result.json");
        using var document = JsonDocument.Parse(await answer.TextAsync());
        return [.. document.RootElement.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("label").GetString()!)];
    }

    [GeneratedRegex("/review/\\d+")]
    private static partial Regex ReviewAddress();
}
