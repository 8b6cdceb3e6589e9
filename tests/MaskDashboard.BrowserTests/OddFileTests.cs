using Microsoft.Playwright;
using OpenCvSharp;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed class OddFileTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Upload_FilesOfEveryKind_EachSaysItsOwnAndNothingElseStays()
    {
        using var files = new OddFiles();
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server, height: 1600);
        await page.VisitAsync("/upload");

        await page.Locator("input[type=file]").First.SetInputFilesAsync(OddFiles.All.Select(file => files.At(file.Name)));

        await Expect(page.GetByText($"{OddFiles.All.Count} of {OddFiles.All.Count} finished")).ToBeVisibleAsync(new() { Timeout = 180_000 });
        var refused = OddFiles.All.Count(file => !file.IsTaken);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Failed {refused}", Exact = true })).ToBeVisibleAsync();
        foreach (var (name, says, isTaken) in OddFiles.All)
        {
            var row = page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByTitle(name, new() { Exact = true }) });
            await Expect(row).ToContainTextAsync(says);
            await Expect(row).ToContainTextAsync(isTaken ? "Done" : "Failed");
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.DataFolder, "temp")));
        Assert.Equal(OddFiles.All.Count - refused, Originals(server));

        // Trying again changes nothing; a file that was taken is known by its bytes, whatever its name is.
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry all failed" }).ClickAsync();
        await Expect(page.GetByText($"{OddFiles.All.Count} of {OddFiles.All.Count} finished · {refused} failed")).ToBeVisibleAsync();
        File.Copy(files.At("grey.jpg"), files.At("copy-of-grey.jpg"));
        await page.Locator("input[type=file]").First.SetInputFilesAsync(files.At("copy-of-grey.jpg"));
        var copy = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "copy-of-grey.jpg" });
        await Expect(copy).ToContainTextAsync("Uploaded before; this is the earlier result · 2 faces");
        var earlier = await page.GetByRole(AriaRole.Link, new() { Name = "grey.jpg", Exact = true }).GetAttributeAsync("href");
        Assert.Equal(earlier, await copy.GetByRole(AriaRole.Link).GetAttributeAsync("href"));
        Assert.Equal(OddFiles.All.Count - refused, Originals(server));
    }

    [Fact]
    public async Task Upload_DroppedPastedAndFromAFolder_AllArriveWithSiteAndTime()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);
        await page.VisitAsync("/upload");
        await page.GetByLabel("Site (optional)").FillAsync("North gate");
        await page.GetByLabel("Taken at (optional)").FillAsync("2026-03-02T09:30");
        await page.GetByLabel("Taken at (optional)").BlurAsync();
        await Expect(page.GetByText("What you add now gets: North gate · 3/2/2026 9:30")).ToBeVisibleAsync();

        await GiveAsync(page, "drop", "one-bare.png", ".drop");
        await GiveAsync(page, "paste", "empty-room.webp", "body");
        var folder = Directory.CreateTempSubdirectory("mask-dashboard-folder-");
        try
        {
            File.Copy(Path.Combine(DashboardServer.SamplesFolder, "two-too-close.jpg"), Path.Combine(folder.CreateSubdirectory("inner").FullName, "inside.jpg"));
            await page.Locator("input[webkitdirectory]").SetInputFilesAsync(folder.FullName);
            await Expect(page.GetByText("3 of 3 finished")).ToBeVisibleAsync(new() { Timeout = 120_000 });
            await Expect(page.GetByText($"{folder.Name}/inner/inside.jpg")).ToBeVisibleAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        // What cannot be opened stands on the list too: a photograph must not go missing without a word.
        await DropFolderAsync(page);
        await Expect(page.GetByText("6 of 6 finished · 3 failed")).ToBeVisibleAsync();
        foreach (var (name, says) in new[] { ("gate/notes.txt", "This is not a JPEG, PNG or WebP image."), ("gate/locked.jpg", "The file cannot be read"), ("gate/closed", "The file cannot be read") })
        {
            await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByTitle(name, new() { Exact = true }) })).ToContainTextAsync(says);
        }

        await page.VisitAsync("/history?site=North+gate");
        foreach (var name in new[] { "one-bare.png", "empty-room.webp", "inside.jpg" })
        {
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync("North gate");
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync("3/2/2026");
        }
    }

    [Fact]
    public async Task Result_ThreeHundredFaces_ShowsEveryFaceAndItsCrop()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);
        await page.VisitAsync("/upload");
        await page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "crowd.jpg", MimeType = "image/jpeg", Buffer = Crowd() });
        await page.GetByRole(AriaRole.Link, new() { Name = "crowd.jpg" }).ClickAsync(new() { Timeout = 120_000 });

        var list = page.GetByRole(AriaRole.List, new() { Name = "Faces" }).GetByRole(AriaRole.Listitem);
        await Expect(list.Nth(299)).ToBeVisibleAsync(new() { Timeout = 300_000 });
        await Expect(page.Locator("rect.box")).ToHaveCountAsync(await list.CountAsync());
        // The last crops are cut when they come into sight.
        await list.Last.ScrollIntoViewIfNeededAsync();
        await page.WaitForFunctionAsync("() => { const last = [...document.querySelectorAll('img.crop')].at(-1); return last.complete && last.naturalWidth === 160; }");
        Assert.True(await page.HorizontalOverflowAsync() <= 0);
    }

    // Forty-two groups of eight.
    private static byte[] Crowd()
    {
        using var group = Cv2.ImRead(Path.Combine(DashboardServer.SamplesFolder, "group.jpg"));
        using var small = group.Resize(new Size(640, 360), 0, 0, InterpolationFlags.Area);
        using var crowd = new Mat();
        Cv2.Repeat(small, 7, 6, crowd);
        return crowd.ToBytes(".jpg");
    }

    private static int Originals(DashboardServer server) => Directory.EnumerateFiles(Path.Combine(server.DataFolder, "originals"), "*", SearchOption.AllDirectories).Count();

    // As the browser gives a file to the page: nobody outside it can drop or paste one.
    private static Task GiveAsync(IPage page, string how, string sample, string selector) => page.EvaluateAsync(
        """
        ({ how, name, bytes, selector }) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], name));
          const event = how === "paste"
            ? new ClipboardEvent(how, { clipboardData: transfer, bubbles: true, cancelable: true })
            : new DragEvent(how, { dataTransfer: transfer, bubbles: true, cancelable: true });
          document.querySelector(selector).dispatchEvent(event);
        }
        """,
        new { how, name = sample, bytes = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(DashboardServer.SamplesFolder, sample))), selector });

    // A folder with a file, a file that cannot be opened and a folder that cannot. Scripts cannot make real ones.
    private static Task DropFolderAsync(IPage page) => page.EvaluateAsync("""
        () => {
          const file = (name, open) => ({ isFile: true, fullPath: `/gate/${name}`, file: open });
          const folder = (fullPath, read) => ({ isDirectory: true, fullPath, createReader: () => ({ readEntries: read }) });
          const children = [
            file("notes.txt", take => take(new File(["no photograph"], "notes.txt"))),
            file("locked.jpg", (_, fail) => fail(new DOMException("no", "NotReadableError"))),
            folder("/gate/closed", (_, fail) => fail(new DOMException("no", "NotReadableError"))),
          ];
          const drop = new Event("drop", { bubbles: true, cancelable: true });
          drop.dataTransfer = { types: ["Files"], items: [{ kind: "file", webkitGetAsEntry: () => folder("/gate", take => take(children.splice(0, 2))) }] };
          window.dispatchEvent(drop);
        }
        """);
}
