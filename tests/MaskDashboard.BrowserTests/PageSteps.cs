using Microsoft.Playwright;

namespace MaskDashboard.BrowserTests;

/// <summary>Steps that many browser tests take.</summary>
internal static class PageSteps
{
    /// <summary>Goes to a page of the dashboard and waits until it answers to clicks: prerendered pages look alive before they are.</summary>
    public static async Task VisitAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.live === 'yes'");
    }

    /// <summary>How much wider the page is than its window, CSS pixels.</summary>
    public static Task<int> HorizontalOverflowAsync(this IPage page) =>
        page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
}
