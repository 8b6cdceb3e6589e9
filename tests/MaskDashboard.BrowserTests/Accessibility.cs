using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MaskDashboard.BrowserTests;

/// <summary>Looks for what keeps people out.</summary>
internal static class Accessibility
{
    /// <summary>Looks a page over with axe, and adds what is serious.</summary>
    /// <param name="page">The page.</param>
    /// <param name="where">What it shows, for the sentence.</param>
    /// <param name="violations">Where sentences are added.</param>
    public static async Task LookOverAsync(this IPage page, string where, List<string> violations)
    {
        // A form's answer is there before its stylesheets are.
        await page.WaitForLoadStateAsync(LoadState.Load);
        var found = await page.RunAxe();
        violations.AddRange(found.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node =>
                $"{where}: {violation.Id} ({violation.Impact}): {violation.Help}: {node.Html} {string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}")));
    }
}
