using MaskDashboard.Compliance;
using MaskDashboard.Exports;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Api;

/// <summary>Figures of images.</summary>
/// <param name="Images">Analysed images; the same bytes uploaded twice count once.</param>
/// <param name="Figures">Counts over their faces.</param>
internal sealed record ImageFigures(int Images, FigureDocument Figures);

/// <summary>The figures of a stretch of time.</summary>
/// <param name="Start">Its begin, with the offset of the time zone then.</param>
/// <param name="SiteId">The site, when figures are by site; null for images without one.</param>
/// <param name="Site">Name of the site.</param>
/// <param name="Images">Analysed images.</param>
/// <param name="Figures">Counts over their faces.</param>
internal sealed record BucketFigures(DateTimeOffset? Start, long? SiteId, string? Site, int Images, FigureDocument Figures);

/// <summary>Figures over time.</summary>
/// <param name="TimeZone">The time zone of days.</param>
/// <param name="Bucket">What a stretch of time is.</param>
/// <param name="Total">All together.</param>
/// <param name="Buckets">Each stretch that has images, oldest first.</param>
internal sealed record Statistics(string TimeZone, string Bucket, ImageFigures Total, IReadOnlyList<BucketFigures> Buckets);

/// <summary>Figures.</summary>
internal static class StatisticsApi
{
    private static readonly string[] s_buckets = ["none", "hour", "day", "week", "month"];

    public static void MapStatisticsApi(this RouteGroupBuilder v1) => v1.MapGet("/statistics", StatisticsAsync).WithTags("Statistics").WithName("getStatistics")
        .WithSummary("Get compliance figures")
        .WithDescription("Counts over the analysed images that pass the filter, in all and by hour, day, week (from Monday) or month of the time zone, and by site. A reviewer's label counts where there is one. Uncertain faces make compliance a range from complianceLow to complianceHigh.")
        .WithMetadata(ImageApi.ApiParametersOf([
            .. ApiParameter.Filter.Where(parameter => parameter.Name != "state"),
            new("bucket", "What a stretch of time is. Default day; none for no stretches.", Values: s_buckets),
            new("by", "Splits every stretch by site.", Values: ["site"]),
        ]))
        .Produces<Statistics>();

    private static async Task<IResult> StatisticsAsync(HttpRequest request, StatisticsQueries queries, CancellationToken cancellationToken)
    {
        var selection = ApiRequest.Selection(request);
        var bucket = ApiRequest.Word(request, "bucket", s_buckets, "day");
        var bySite = ApiRequest.Word(request, "by", ["site"], "") == "site";
        return new TaggedJson<Statistics>(await queries.ReadAsync(selection, bucket, bySite, cancellationToken));
    }
}

/// <summary>Computes figures over time from the counts of the current analyses.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="compliance">Figures that are counted already.</param>
internal sealed class StatisticsQueries(IDbContextFactory<DashboardDbContext> contexts, ComplianceQueries compliance)
{
    /// <summary>Figures of the images that pass a filter.</summary>
    public async Task<Statistics> ReadAsync(ImageSelection selection, string bucket, bool bySite, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sites = await context.Sites.ToDictionaryAsync(site => site.Id, site => site.Name, cancellationToken);
        var groups = new SortedDictionary<(DateTime StartUtc, long SiteId), (int Images, ComplianceFigures Figures)>();
        var (images, total) = (0, default(ComplianceFigures));
        // Names are in no rollup; every other filter is.
        var parts = string.IsNullOrWhiteSpace(selection.Filter.Search)
            ? await compliance.PerQuarterAsync(selection.Filter, selection.Zone, bySite, cancellationToken)
            : await PerImageAsync(context, selection, cancellationToken);
        foreach (var part in parts)
        {
            (images, total) = (images + part.Figures.Images, total + part.Figures.Faces);
            if (bucket != "none" || bySite)
            {
                var key = (bucket == "none" ? DateTime.MinValue : StartUtc(part.StartUtc, bucket, selection.Zone), bySite ? part.SiteId ?? 0 : 0);
                var group = groups.GetValueOrDefault(key);
                groups[key] = (group.Images + part.Figures.Images, group.Figures + part.Figures.Faces);
            }
        }

        return new Statistics(selection.Zone.Id, bucket, new ImageFigures(images, FigureDocument.Of(total)), [.. groups.Select(group => new BucketFigures(
            bucket == "none" ? null : TimeZoneInfo.ConvertTime(new DateTimeOffset(group.Key.StartUtc, TimeSpan.Zero), selection.Zone),
            group.Key.SiteId == 0 ? null : group.Key.SiteId,
            group.Key.SiteId == 0 ? null : sites.GetValueOrDefault(group.Key.SiteId),
            group.Value.Images,
            FigureDocument.Of(group.Value.Figures)))]);
    }

    private static async Task<IReadOnlyList<QuarterFigures>> PerImageAsync(DashboardDbContext context, ImageSelection selection, CancellationToken cancellationToken) =>
        await context.Filtered(selection.Filter with { State = AnalysisState.Done }, selection.Zone)
            .Select(analysis => new QuarterFigures(
                analysis.CapturedAtUtc, analysis.SiteId, new PeriodFigures(1, new ComplianceFigures(analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount), 0)))
            .ToListAsync(cancellationToken);

    // Hours are cut in UTC and moved by the part of an hour that the zone is off: the hour that comes twice in autumn stays two.
    private static DateTime StartUtc(DateTime capturedAtUtc, string bucket, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(capturedAtUtc, zone);
        if (bucket == "hour")
        {
            return capturedAtUtc.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour));
        }

        var day = DateOnly.FromDateTime(local);
        return FilteredAnalyses.StartOfDayUtc(
            bucket switch
            {
                "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
                "month" => new DateOnly(day.Year, day.Month, 1),
                _ => day,
            },
            zone);
    }
}
