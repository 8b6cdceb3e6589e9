using System.Diagnostics;
using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Benchmarks;

/// <summary>Measures pages over HTTP, and the queries behind scrolling, which has no address of its own.</summary>
/// <param name="folder">A data folder that <see cref="DataGenerator"/> wrote.</param>
/// <param name="requests">Requests of each page.</param>
internal sealed class PageBenchmark(string folder, int requests)
{
    private const double TargetMilliseconds = 200;
    private const int WarmUps = 4;
    private const int RowsOnScreen = 40;

    /// <summary>Measures and prints.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (images, today) = (await CountAsync(cancellationToken), DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, DataGenerator.Zone)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images:N0} photographs; {Environment.ProcessorCount} cores, load {Load()}; target {TargetMilliseconds:N0} ms at the 95th percentile"));
        await using (var dashboard = await Dashboard.StartAsync(folder))
        {
            using var client = new HttpClient { BaseAddress = new Uri(dashboard.Address) };
            client.DefaultRequestHeaders.Add("Accept", "text/html");
            client.DefaultRequestHeaders.Add("Cookie", $"md-tz={Uri.EscapeDataString(DataGenerator.Zone.Id)}");
            await MeasureAsync("page", [.. Pages(images, today).Select(page => (page.Name, (Func<Task<string>>)(() => GetAsync(client, page.Address, cancellationToken))))]);
        }

        await MeasureAsync("rows of the history", Rows(images, today, cancellationToken));
        Console.WriteLine($"load {Load()}");
    }

    private static IReadOnlyList<(string Name, string Address)> Pages(int images, DateOnly today)
    {
        var year = new ImageFilter { From = today.AddDays(-364), To = today };
        return
        [
            ("Overview, 30 days", "/"),
            ("Overview, a year by day", year.ToAddress("/") + "&step=day"),
            ("Overview, any time", "/?period=any"),
            ("Overview, any time, one site", "/?period=any&site=3&detector=yunet&reviewed=no"),
            ("Overview, any time, Mondays at 9", "/?period=any&weekday=monday&hour=9"),
            ("History", "/history"),
            ("History, a year of a site", (year with { SiteId = 2 }).ToAddress("/history")),
            ("History, unreviewed, Haar", "/history?reviewed=no&detector=haar"),
            ("History, Mondays at 9", "/history?weekday=monday&hour=9"),
            ("History, searched, one hit", $"/history?q=_{images / 2:D6}"),
            ("History, searched, all hit", "/history?q=img"),
            ("Result", $"/images/{images / 2}"),
            ("Result in a searched list", $"/images/{images / 2}?q=img"),
            ("Review", "/review"),
            ("Review, accuracy", "/review/accuracy"),
            ("Report, 30 days", $"/report?from={today.AddDays(-29):yyyy-MM-dd}&to={today:yyyy-MM-dd}"),
            ("Upload", "/upload"),
            ("About", "/about"),
            ("API, statistics by day", $"/api/v1/statistics?from={today.AddDays(-364):yyyy-MM-dd}&to={today:yyyy-MM-dd}&bucket=day"),
            ("API, images", "/api/v1/images?limit=50"),
        ];
    }

    private IReadOnlyList<(string Name, Func<Task<string>> Ask)> Rows(int images, DateOnly today, CancellationToken cancellationToken)
    {
        var history = new HistoryQueries(new Contexts(folder));
        return
        [
            ("first", () => PageAsync(new ImageFilter(), 0)),
            ("deep, the last of all", () => PageAsync(new ImageFilter(), images - RowsOnScreen)),
            ("deep, a year of a site", () => PageAsync(new ImageFilter { From = today.AddDays(-364), To = today, SiteId = 2 }, images / 20)),
            ("deep, searched, all hit", () => PageAsync(new ImageFilter { Search = "img" }, images - RowsOnScreen)),
            ("searched, none hit", () => PageAsync(new ImageFilter { Search = "zebra" }, 0)),
        ];

        async Task<string> PageAsync(ImageFilter filter, int skip)
        {
            var page = await history.PageAsync(filter, DataGenerator.Zone, skip, RowsOnScreen, cancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"{page.Total:N0} rows");
        }
    }

    // One round after the other, so that a busy moment of the machine falls on all alike.
    private async Task MeasureAsync(string title, IReadOnlyList<(string Name, Func<Task<string>> Ask)> subjects)
    {
        var times = subjects.Select(_ => new List<double>()).ToList();
        var notes = new string[subjects.Count];
        for (var round = -WarmUps; round < requests; round++)
        {
            for (var index = 0; index < subjects.Count; index++)
            {
                var started = Stopwatch.GetTimestamp();
                notes[index] = await subjects[index].Ask();
                if (round >= 0)
                {
                    times[index].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{title,-36} {"p50 ms",8} {"p95 ms",8} {"p95/target",11}  answer");
        for (var index = 0; index < subjects.Count; index++)
        {
            var sorted = times[index].Order().ToList();
            var (half, most) = (sorted[sorted.Count / 2], sorted[(int)Math.Ceiling(sorted.Count * 0.95) - 1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subjects[index].Name,-36} {half,8:N1} {most,8:N1} {most / TargetMilliseconds,11:N2}  {notes[index]}"));
        }
    }

    private static async Task<string> GetAsync(HttpClient client, string address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}, {body.Length / 1000.0:N0} KB");
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = await new Contexts(folder).CreateDbContextAsync(cancellationToken);
        return await context.Images.CountAsync(cancellationToken);
    }

    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(2)) : "unknown";

    private sealed class Contexts(string folder) : IDbContextFactory<DashboardDbContext>
    {
        private readonly DbContextOptions<DashboardDbContext> _options = new DbContextOptionsBuilder<DashboardDbContext>()
            .UseSqlite($"Data Source={Path.Combine(folder, "dashboard.db")}").UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;

        public DashboardDbContext CreateDbContext() => new(_options);

        public Task<DashboardDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => Task.FromResult(CreateDbContext());
    }
}
