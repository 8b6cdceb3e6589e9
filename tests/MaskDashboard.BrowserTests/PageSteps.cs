using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MaskDashboard.BrowserTests;

/// <summary>Steps that many browser tests take.</summary>
internal static partial class PageSteps
{
    /// <summary>Goes to a page of the dashboard and waits until it answers to clicks: prerendered pages look alive before they are.</summary>
    public static async Task VisitAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.live === 'yes'");
    }

    /// <summary>Goes to the review desk and waits until it shows a photograph and hears keys.</summary>
    public static async Task OpenReviewAsync(this IPage page, string path = "/review")
    {
        await page.VisitAsync(path);
        await page.WaitForURLAsync(url => url.Contains("/review/", StringComparison.Ordinal));
        await page.Locator("[data-keys=yes] .file-name").WaitForAsync();
    }

    /// <summary>Submits a sample as a program would, with the page's cookies, and waits for its result.</summary>
    /// <param name="page">A page of the dashboard.</param>
    /// <param name="server">The dashboard.</param>
    /// <param name="sample">File name of the sample.</param>
    /// <param name="fields">Further form fields.</param>
    /// <returns>The image's number.</returns>
    public static async Task<long> SubmitAsync(this IPage page, DashboardServer server, string sample, params (string Name, string Value)[] fields)
    {
        var form = page.APIRequest.CreateFormData();
        foreach (var (name, value) in fields)
        {
            form.Set(name, value);
        }

        form.Set("file", new FilePayload { Name = sample, MimeType = "application/octet-stream", Buffer = await File.ReadAllBytesAsync(Path.Combine(DashboardServer.SamplesFolder, sample)) });
        var submitted = await page.APIRequest.PostAsync($"{server.Address}/api/v1/images", new() { Multipart = form });
        Assert.True(submitted.Ok, await submitted.TextAsync());
        var address = server.Address + (await submitted.JsonAsync())!.Value.GetProperty("href").GetString();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var image = (await (await page.APIRequest.GetAsync(address)).JsonAsync())!.Value;
            if (image.GetProperty("state").GetString() == "done")
            {
                return image.GetProperty("id").GetInt64();
            }

            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Submits three samples of one site: a group, one bare face, and nobody.</summary>
    public static async Task AddResultsAsync(this IPage page, DashboardServer server)
    {
        await page.VisitAsync("/upload");
        foreach (var sample in (string[])["group.jpg", "one-bare.png", "empty-room.webp"])
        {
            await page.SubmitAsync(server, sample, ("siteName", "Gate 3"));
        }
    }

    /// <summary>Makes the first administrator of a program with accounts, and is signed in as that from then on.</summary>
    public static async Task BecomeAdministratorAsync(this IPage page, DashboardServer server, string name)
    {
        const string Password = "a long enough password 7";
        await page.GotoAsync(SetupAddress().Match(server.Output).Value);
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Password again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account and sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    /// <summary>How much wider the page is than its window, CSS pixels.</summary>
    public static Task<int> HorizontalOverflowAsync(this IPage page) =>
        page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");

    /// <summary>Waits a moment for a page whose window has changed to fit into it again; false where it does not.</summary>
    public static Task<bool> FitsAsync(this IPage page) => page.EvaluateAsync<bool>("""
        async () => {
          const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
          for (let frame = 0; frame < 120 && !fits(); frame++) await new Promise(requestAnimationFrame);
          return fits();
        }
        """);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/setup\?token=\S+")]
    private static partial Regex SetupAddress();
}
