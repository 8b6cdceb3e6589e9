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
    private const int RowsOnScreen = 40;

    /// <summary>Measures and prints.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (images, today) = (await CountAsync(cancellationToken), DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, DataGenerator.Zone)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images:N0} photographs; {Environment.ProcessorCount} cores, load {Rounds.Load()}; target {TargetMilliseconds:N0} ms at the 95th percentile"));
        await using (var dashboard = await Dashboard.StartAsync(folder))
        {
            using var client = new HttpClient { BaseAddress = new Uri(dashboard.Address) };
            client.DefaultRequestHeaders.Add("Accept", "text/html");
            client.DefaultRequestHeaders.Add("Cookie", $"md-tz={Uri.EscapeDataString(DataGenerator.Zone.Id)}");
            await Rounds.MeasureAsync("page", requests, TargetMilliseconds, [.. Pages(images, today).Select(page => (page.Name, (Func<Task<string>>)(() => GetAsync(client, page.Address, cancellationToken))))]);
            await Rounds.MeasureAsync("export, to its first rows", requests, TargetMilliseconds, [.. Exports(today).Select(export => (export.Name, (Func<Task<string>>)(() => BeginAsync(client, export.Address, cancellationToken))))]);
        }

        await Rounds.MeasureAsync("rows of the history", requests, TargetMilliseconds, Rows(images, today, cancellationToken));
        Console.WriteLine($"load {Rounds.Load()}");
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
            ("Review, one photograph", $"/review/{images / 2}"),
            ("Review, a year of a site", (year with { SiteId = 2 }).ToAddress("/review")),
            ("Review, reviewed ones", "/review?reviewed=yes"),
            ("Review, accuracy", "/review/accuracy"),
            ("Report, any time", "/report"),
            ("Report, 30 days", $"/report?from={today.AddDays(-29):yyyy-MM-dd}&to={today:yyyy-MM-dd}"),
            ("Upload", "/upload"),
            ("About", "/about"),
            ("Settings", "/admin/settings"),
            ("API, statistics by day", $"/api/v1/statistics?from={today.AddDays(-364):yyyy-MM-dd}&to={today:yyyy-MM-dd}&bucket=day"),
            ("API, images", "/api/v1/images?limit=50"),
        ];
    }

    private static IReadOnlyList<(string Name, string Address)> Exports(DateOnly today) =>
    [
        .. new[] { "csv", "json", "coco" }.SelectMany(format => new (string, string)[]
        {
            ($"{format}, everything", $"/api/v1/exports/{format}"),
            ($"{format}, 30 days of a site", new ImageFilter { From = today.AddDays(-29), To = today, SiteId = 2 }.ToAddress($"/api/v1/exports/{format}")),
        }),
    ];

    private IReadOnlyList<(string Name, Func<Task<string>> Ask)> Rows(int images, DateOnly today, CancellationToken cancellationToken)
    {
        var contexts = new DataContexts(folder);
        var history = new HistoryQueries(contexts, new ImageTotals(contexts, new FigureTable(contexts)));
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

    private static async Task<string> GetAsync(HttpClient client, string address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}, {body.Length / 1000.0:N0} KB");
    }

    // Once something of the content is there, the browser shows the download; the rest is not waited for.
    private static async Task<string> BeginAsync(HttpClient client, string address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var begun = await content.ReadAtLeastAsync(new byte[4096], 4096, throwOnEndOfStream: false, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}, {begun} B");
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = await new DataContexts(folder).CreateDbContextAsync(cancellationToken);
        return await context.Images.CountAsync(cancellationToken);
    }
}
