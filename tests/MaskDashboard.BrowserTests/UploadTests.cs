using System.Drawing;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;

namespace MaskDashboard.BrowserTests;

public sealed class UploadTests(Browser browser) : IClassFixture<Browser>
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
        using var document = JsonDocument.Parse(await result.TextAsync());
        var faces = document.RootElement.GetProperty("faces");
        Assert.Equal(2, faces.GetArrayLength());
        await Assertions.Expect(page.GetByText("2 too close").First).ToBeVisibleAsync();

        // Every box is on the screen where its face is in the photograph.
        await Assertions.Expect(page.Locator("rect.box")).ToHaveCountAsync(2);
        var photograph = (await page.Locator(".photo-canvas img").BoundingBoxAsync())!;
        var (width, height) = (document.RootElement.GetProperty("width").GetInt32(), document.RootElement.GetProperty("height").GetInt32());
        foreach (var (face, index) in faces.EnumerateArray().Select((face, index) => (face, index)))
        {
            var box = (await page.Locator("rect.box").Nth(index).BoundingBoxAsync())!;
            Near(photograph.X + ((face.GetProperty("x").GetSingle() + (face.GetProperty("width").GetSingle() / 2)) / width * photograph.Width), box.X + (box.Width / 2), 2);
            Near(photograph.Y + ((face.GetProperty("y").GetSingle() + (face.GetProperty("height").GetSingle() / 2)) / height * photograph.Height), box.Y + (box.Height / 2), 2);
            // The stroke lies half outside.
            Near(face.GetProperty("width").GetSingle() / width * photograph.Width, box.Width, 6);
            Near(face.GetProperty("height").GetSingle() / height * photograph.Height, box.Height, 6);
        }

        // And that is where a person drew the faces.
        foreach (var drawn in Annotations("two-too-close").Select(face => OnScreen(face, photograph, width, height)))
        {
            var overlaps = new List<double>();
            foreach (var box in await page.Locator("rect.box").AllAsync())
            {
                var shown = (await box.BoundingBoxAsync())!;
                overlaps.Add(IntersectionOverUnion(drawn, new RectangleF(shown.X, shown.Y, shown.Width, shown.Height)));
            }

            Assert.Single(overlaps, overlap => overlap > 0.5);
        }

        // The other detector's result can take its place.
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare with Haar" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make this the current result" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Compare with YuNet" })).ToBeVisibleAsync();
        await page.VisitAsync("/history");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("two-too-close.*Haar") })).ToBeVisibleAsync();
    }

    private static IEnumerable<RectangleF> Annotations(string sample) =>
        XDocument.Load(Path.Combine(DashboardServer.RepositoryRoot, "tests", "assets", "annotations", sample + ".xml")).Descendants("bndbox").Select(box =>
            RectangleF.FromLTRB((float)box.Element("xmin")!, (float)box.Element("ymin")!, (float)box.Element("xmax")!, (float)box.Element("ymax")!));

    private static RectangleF OnScreen(RectangleF face, LocatorBoundingBoxResult photograph, int width, int height)
    {
        var (x, y) = (photograph.Width / width, photograph.Height / height);
        return new RectangleF(photograph.X + (face.X * x), photograph.Y + (face.Y * y), face.Width * x, face.Height * y);
    }

    private static double IntersectionOverUnion(RectangleF left, RectangleF right)
    {
        var shared = RectangleF.Intersect(left, right);
        var intersection = (double)shared.Width * shared.Height;
        return intersection / ((left.Width * left.Height) + (right.Width * right.Height) - intersection);
    }

    private static void Near(float expected, float actual, float tolerance) => Assert.InRange(actual, expected - tolerance, expected + tolerance);
}
