using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>Counts the images and faces that pass a filter, search and state included.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="table">Counts finished analyses.</param>
public sealed class ImageTotals(IDbContextFactory<DashboardDbContext> contexts, FigureTable table)
{
    /// <summary>Counts images.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<int> ImagesAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return IsCounted(filter, zone)
            ? (await CountedAsync(context, filter, zone, cancellationToken)).Images
            : await (await AllAsync(context, filter, zone, cancellationToken)).CountAsync(cancellationToken);
    }

    /// <summary>Counts images and their faces.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<(int Images, int Faces)> ImagesAndFacesAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return IsCounted(filter, zone)
            ? await CountedAsync(context, filter, zone, cancellationToken)
            : await CountAsync(await AllAsync(context, filter, zone, cancellationToken), cancellationToken);
    }

    /// <summary>Counts images and their faces in one reading.</summary>
    /// <param name="analyses">Analyses, one of each image.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<(int Images, int Faces)> CountAsync(IQueryable<ImageAnalysis> analyses, CancellationToken cancellationToken)
    {
        var counts = await analyses.GroupBy(_ => 1)
            .Select(group => new { Images = group.Count(), Faces = group.Sum(analysis => analysis.FaceCount) })
            .SingleOrDefaultAsync(cancellationToken);
        return counts is null ? (0, 0) : (counts.Images, counts.Faces);
    }

    // The figures are counted by quarter hours, and know no names.
    private static bool IsCounted(ImageFilter filter, TimeZoneInfo zone) =>
        string.IsNullOrWhiteSpace(filter.Search) && UtcPeriod.Of(filter, zone) is var period && QuarterHour.IsStart(period.StartUtc) && QuarterHour.IsStart(period.EndUtc);

    // Counting reads every hit: of a search, in the order in which the rows lie.
    private static Task<IQueryable<ImageAnalysis>> AllAsync(DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        context.SearchedAsync(filter, zone, byTime: string.IsNullOrWhiteSpace(filter.Search), cancellationToken);

    // All but a few of millions are analysed and in the figures already.
    private async Task<(int Images, int Faces)> CountedAsync(DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var done = filter.State is null or AnalysisState.Done
            ? await table.ReadAsync(rows => new FigureSums(rows, filter, zone).Total(UtcPeriod.Of(filter, zone)), cancellationToken)
            : PeriodFigures.None;
        // The limit keeps the filter out of the inner query, which so reads nothing but the index of the few.
        var others = filter.State == AnalysisState.Done
            ? 0
            : await context.Analyses
                .Where(analysis => analysis.State != AnalysisState.Done).OrderBy(analysis => analysis.CapturedAtUtc).Take(int.MaxValue)
                .Where(analysis => analysis.IsCurrent).Passing(filter, zone).CountAsync(cancellationToken);
        return (done.Images + others, done.Faces.Faces);
    }
}
