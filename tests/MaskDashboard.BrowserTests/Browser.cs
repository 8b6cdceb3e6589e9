using Microsoft.Playwright;

namespace MaskDashboard.BrowserTests;

/// <summary>Chromium, once for all tests of a class; each test opens windows of its own. Classes run side by side.</summary>
public sealed class Browser : IAsyncLifetime
{
    // What a page waits for takes milliseconds; on a machine that does other work besides, seconds.
    private const int PatienceMilliseconds = 60_000;

    private static readonly string[] _flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly List<(DashboardServer Server, IBrowserContext Context)> _windows = [];
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    /// <summary>Where Chromium is: <c>CHROMIUM_PATH</c>, else where Debian has it.</summary>
    public static string ExecutablePath { get; } = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";

    /// <summary>Opens a window with cookies and a cache of its own.</summary>
    /// <param name="server">The program it looks at.</param>
    /// <param name="width">CSS pixels.</param>
    /// <param name="height">CSS pixels.</param>
    /// <param name="language">The browser's language.</param>
    /// <param name="dark">Whether the system is dark.</param>
    public async Task<IPage> OpenAsync(DashboardServer server, int width = 1280, int height = 900, string language = "en-US", bool dark = false)
    {
        // Pages of a program that has gone would try to reach it for the rest of the run.
        foreach (var (_, left) in _windows.Where(window => window.Server.IsDisposed))
        {
            await left.CloseAsync();
        }

        _windows.RemoveAll(window => window.Server.IsDisposed);
        var context = await _chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.Address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language,
            TimezoneId = "Asia/Seoul",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        _windows.Add((server, context));
        context.SetDefaultTimeout(PatienceMilliseconds);
        return await context.NewPageAsync();
    }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        if (!File.Exists(ExecutablePath))
        {
            throw new InvalidOperationException($"There is no Chromium at {ExecutablePath}. Install it (apt-get install chromium) or name its path in CHROMIUM_PATH; tests/run.sh does so.");
        }

        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = ExecutablePath, Args = _flags });
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
