using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MaskDashboard.BrowserTests;

/// <summary>What holds for every page there is: the pages are found by following the links from the overview.</summary>
public sealed partial class EveryPageTests(Browser browser) : IClassFixture<Browser>
{
    private const int Wide = 1280;
    private const int Height = 900;

    private static readonly string[] _further = ["/nowhere", "/upload", "/history", "/review", "/review/accuracy", "/report", "/about", "/notifications", "/admin/settings", "/admin/notifications", "/error"];

    [Theory]
    [InlineData("en-US", false, 768)]
    [InlineData("ko-KR", true, 390)]
    public async Task EveryPage_EitherThemeAndLanguage_IsAccessibleAndFits(string language, bool dark, int narrowWidth)
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server, narrowWidth, dark: dark, language: language);
        var problems = new List<string>();
        // On a first visit the program learns from the browser which colours it wants; later pages have them from the first frame on.
        await page.VisitAsync("/about");
        var empty = await VisitEveryPageAsync(server, page, async path =>
        {
            await page.LookOverAsync($"{path}, empty", problems);
            await FitAsync(page, narrowWidth, $"{path}, empty", problems);
        });
        await page.SetViewportSizeAsync(Wide, Height);
        await page.AddResultsAsync(server);

        // One walk for everything: what takes the time is the pages, not what is asked of them.
        var visited = await VisitEveryPageAsync(server, page, async path =>
        {
            await page.LookOverAsync(path, problems);
            await TabThroughAsync(page, path, problems);
            await NarrowAsync(page, narrowWidth, path, problems);
        });

        Assert.Subset(visited.ToHashSet(), empty.ToHashSet());
        Assert.All(_further.Append("/images/0").Append("/review/0"), path => Assert.Contains(path, visited));
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems.Distinct()));
    }

    // An outline or a shadow on the element, its label or what stands for it, or the layer that Material controls darken.
    private const string FocusWithoutAMark = """
        () => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return null;
          // Within a date the browser itself marks day, month or year; the face that the desk is at has a thick frame, whether it has the focus or not.
          if (/^(date|datetime-local)$/.test(focused.type) || focused.matches('.face-active')) return null;
          const marked = element => {
            if (!element) return false;
            const look = getComputedStyle(element), after = getComputedStyle(element, '::after');
            return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none'
              || (after.content !== 'none' && parseFloat(after.opacity) > 0 && after.backgroundColor !== 'rgba(0, 0, 0, 0)')
              || [...element.children].some(child => child instanceof SVGElement && getComputedStyle(child).outlineStyle !== 'none');
          };
          return [focused, focused.closest('label'), focused.parentElement, focused.closest('.mud-input')].some(marked)
            || [...focused.querySelectorAll('rect, .mud-input-outlined-border')].some(marked) ? null : focused.outerHTML.slice(0, 160);
        }
        """;

    /// <summary>Goes from control to control, and adds those that do not show that they have the focus.</summary>
    private static async Task TabThroughAsync(IPage page, string where, List<string> problems)
    {
        for (var step = 0; step < 25; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            await page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().filter(animation => animation instanceof CSSTransition).map(animation => animation.finished)).then(() => 0)");
            if (await page.EvaluateAsync<string?>(FocusWithoutAMark) is { } element)
            {
                problems.Add($"{where}: the focus does not show on {element}");
            }
        }
    }

    /// <summary>Makes the window narrower for a moment, and adds a page that then scrolls sideways.</summary>
    private static async Task NarrowAsync(IPage page, int width, string where, List<string> problems)
    {
        await page.SetViewportSizeAsync(width, Height);
        await FitAsync(page, width, where, problems);
        await page.SetViewportSizeAsync(Wide, Height);
    }

    private static async Task FitAsync(IPage page, int width, string where, List<string> problems)
    {
        if (!await page.FitsAsync())
        {
            problems.Add($"{where} is {await page.HorizontalOverflowAsync()} px too wide for {width} px");
        }
    }

    private static async Task<IReadOnlyCollection<string>> VisitEveryPageAsync(DashboardServer server, IPage page, Func<string, Task> look)
    {
        var (known, visited) = (new HashSet<string>(), new List<string>());
        var waiting = new Queue<string>(["/", .. _further]);
        while (waiting.TryDequeue(out var path))
        {
            // One result stands for all.
            var kind = Digits().Replace(path.Split('?', '#')[0], "0");
            if (!known.Add(kind) || !await IsPageAsync(page, server.Address + path))
            {
                continue;
            }

            visited.Add(kind);

            // The page of errors does without a circuit.
            await (path == "/error" ? page.GotoAsync(path) : page.VisitAsync(path));
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await look(kind);
            foreach (var link in await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]:not([download])')].map(link => new URL(link.getAttribute('href'), document.baseURI)).filter(url => url.origin === location.origin).map(url => url.pathname + url.search)"))
            {
                waiting.Enqueue(link);
            }
        }

        return visited;
    }

    private static async Task<bool> IsPageAsync(IPage page, string address)
    {
        var answer = await page.APIRequest.GetAsync(address, new() { Headers = [new("Accept", "text/html")] });
        return answer.Headers.TryGetValue("content-type", out var type) && type.StartsWith("text/html", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
