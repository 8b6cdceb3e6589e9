using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed partial class PrintTests(Browser browser) : IClassFixture<Browser>
{
    // Two photographs of one hour have the ten faces that an hour needs to be listed.
    private static readonly (string File, string Site, string CapturedAt)[] _photographs =
    [
        ("group.jpg", "Gate 3", "2026-03-02T09:05:00+09:00"), ("three-one-bare.jpg", "Gate 3", "2026-03-02T09:40:00+09:00"), ("two-too-close.jpg", "정문", "2026-03-05T14:00:00+09:00"),
    ];

    [Theory]
    [InlineData("en-US", false)]
    [InlineData("ko-KR", true)]
    public async Task Report_Printed_HoldsThePeriodsFiguresAndNothingToPress(string language, bool dark)
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server, language: language, dark: dark);
        await page.VisitAsync("/upload");
        foreach (var (file, site, capturedAt) in _photographs)
        {
            await page.SubmitAsync(server, file, ("siteName", site), ("capturedAt", capturedAt));
        }

        await page.VisitAsync("/report?from=2026-03-01&to=2026-03-07");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(language == "ko-KR" ? "준수 현황 보고서" : "Compliance report");
        using var pdf = PdfDocument.Open(await page.PdfAsync(new() { Format = "A4", PrintBackground = true }));

        Assert.InRange(pdf.NumberOfPages, 1, 2);
        var pages = pdf.GetPages().Select(sheet => sheet.Text).ToList();
        Assert.All(pages, text => Assert.True(text.Length > 200, $"A sheet holds almost nothing: {text}"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        // Only English words can be read back whatever fonts the machine has.
        var report = string.Join(' ', language == "en-US" ? pages : [await page.Locator("body").InnerTextAsync()]);
        string[] expected = language == "en-US"
            ? [
                "Compliance report", "3/1/2026 to 3/7/2026, by the clock of Asia/Seoul", "All sites", "Mask compliance", "Faces by label", "By site", "Gate 3", "Hours with the lowest compliance",
                "Monday 9:00", "of 11 faces with a mask", "Settings and models of the results", "How the figures are defined",
            ]
            : ["준수 현황 보고서", "2026. 3. 1.", "Asia/Seoul", "Gate 3", "정문", "월요일"];
        Assert.All(expected, words => Assert.Contains(WithoutSpaces(words), WithoutSpaces(report), StringComparison.Ordinal));
        string[] absent = language == "en-US" ? ["Overview", "Queue empty", "Print", "Photographs of the report", "Skip to the content"] : ["개요", "인쇄", "보고서의 사진"];
        Assert.All(absent, words => Assert.DoesNotContain(WithoutSpaces(words), WithoutSpaces(report), StringComparison.Ordinal));

        // On paper everything is dark on white, whatever the screen's colours are.
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        await Expect(page.Locator("h1")).ToHaveCSSAsync("color", "rgb(27, 31, 35)");
    }

    // Paper knows shapes and places: no spaces, and one shape for the f and i of "figures".
    private static string WithoutSpaces(string text) => Spaces().Replace(text.Normalize(NormalizationForm.FormKC), "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
