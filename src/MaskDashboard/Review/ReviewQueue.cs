using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Review;

/// <summary>Where an image stands in the review queue; it keeps its place while it is looked at, whatever is corrected on it.</summary>
/// <param name="AnalysisId">Its current analysis.</param>
/// <param name="Doubt">How much a review is worth, see <see cref="ImageAnalysis.Doubt"/>.</param>
/// <param name="CapturedAtUtc">When it was taken, UTC.</param>
/// <param name="ReviewedAtUtc">When it was reviewed, UTC; null while it is not.</param>
public sealed record ReviewPosition(long AnalysisId, double Doubt, DateTime CapturedAtUtc, DateTime? ReviewedAtUtc);

/// <summary>How much there is to review.</summary>
/// <param name="Left">Images that are not reviewed.</param>
/// <param name="Uncertain">Those of them with an uncertain face.</param>
/// <param name="Confident">Those of them with faces that are all far from any doubt.</param>
/// <param name="Reviewed">Images that are reviewed.</param>
/// <param name="ReviewedToday">Those of them that were reviewed on the viewer's day.</param>
public sealed record ReviewCounts(int Left, int Uncertain, int Confident, int Reviewed, int ReviewedToday);

/// <summary>
/// The images to review, the most doubtful first: those with uncertain faces, then those with the smallest margin between the classifier's outputs,
/// then the rest, newest first. With <see cref="ImageFilter.Reviewed"/> true: those that are reviewed, the last one first.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="totals">Counts.</param>
/// <param name="options">Which images are confident.</param>
public sealed class ReviewQueue(IDbContextFactory<DashboardDbContext> contexts, ImageTotals totals, IOptions<ReviewOptions> options)
{
    /// <summary>Counts the images that pass a filter, whether it asks for reviewed ones or not.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="today">The viewer's day.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ReviewCounts> CountsAsync(ImageFilter filter, TimeZoneInfo zone, DateOnly today, CancellationToken cancellationToken = default)
    {
        var start = FilteredAnalyses.StartOfDayUtc(today, zone);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var left = Waiting(context, filter, zone);
        return new ReviewCounts(
            await totals.ImagesAsync(filter with { State = AnalysisState.Done, Reviewed = false }, zone, cancellationToken),
            await left.CountAsync(analysis => analysis.Doubt > 1, cancellationToken),
            await Confident(left, options.Value).CountAsync(cancellationToken),
            await totals.ImagesAsync(filter with { State = AnalysisState.Done, Reviewed = true }, zone, cancellationToken),
            await Reviewed(context, filter, zone).CountAsync(analysis => analysis.ReviewedAtUtc >= start, cancellationToken));
    }

    /// <summary>Where an image stands; null when it has no finished analysis.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ReviewPosition?> FindAsync(long imageId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Analyses.Where(analysis => analysis.ImageId == imageId && analysis.IsCurrent && analysis.State == AnalysisState.Done)
            .Select(analysis => new ReviewPosition(analysis.Id, analysis.Doubt, analysis.CapturedAtUtc, analysis.ReviewedAtUtc))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The first image of the queue; null when it is empty.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<long?> FirstAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Queue(context, filter, zone, forward: true).Select(analysis => (long?)analysis.ImageId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The image after or before a place in the queue; null at its end.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="from">The place; the image that had it need not be in the queue any more.</param>
    /// <param name="forward">Whether after it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<long?> NeighbourAsync(ImageFilter filter, TimeZoneInfo zone, ReviewPosition from, bool forward, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var queue = Queue(context, filter, zone, forward).Where(analysis => analysis.Id != from.AnalysisId);
        var (id, doubt, captured) = (from.AnalysisId, from.Doubt, from.CapturedAtUtc);
        if (filter.Reviewed == true)
        {
            var reviewed = from.ReviewedAtUtc ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
            queue = forward
                ? queue.Where(analysis => analysis.ReviewedAtUtc < reviewed || (analysis.ReviewedAtUtc == reviewed && analysis.Id < id))
                : queue.Where(analysis => analysis.ReviewedAtUtc > reviewed || (analysis.ReviewedAtUtc == reviewed && analysis.Id > id));
        }
        else
        {
            // The first condition follows from the others, but lets the database begin at the right place of its index.
            queue = forward
                ? queue.Where(analysis => analysis.Doubt <= doubt
                    && (analysis.Doubt < doubt || analysis.CapturedAtUtc < captured || (analysis.CapturedAtUtc == captured && analysis.Id < id)))
                : queue.Where(analysis => analysis.Doubt >= doubt
                    && (analysis.Doubt > doubt || analysis.CapturedAtUtc > captured || (analysis.CapturedAtUtc == captured && analysis.Id > id)));
        }

        return await queue.Select(analysis => (long?)analysis.ImageId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The images that pass a filter and wait for a review.</summary>
    internal static IQueryable<ImageAnalysis> Waiting(DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone) =>
        Done(context, filter, zone).Where(analysis => analysis.ReviewedAtUtc == null);

    /// <summary>The images that pass a filter and are reviewed.</summary>
    internal static IQueryable<ImageAnalysis> Reviewed(DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone)
    {
        // A time after this rather than any time: a stretch of the index.
        var never = DateTime.UnixEpoch;
        return Done(context, filter, zone).Where(analysis => analysis.ReviewedAtUtc > never);
    }

    /// <summary>Those with faces that are all far from any doubt.</summary>
    internal static IQueryable<ImageAnalysis> Confident(IQueryable<ImageAnalysis> waiting, ReviewOptions options)
    {
        var greatest = options.ConfidentDoubt;
        return waiting.Where(analysis => analysis.Doubt <= greatest && analysis.FaceCount > 0);
    }

    private static IQueryable<ImageAnalysis> Done(DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone) =>
        context.Filtered(filter with { State = AnalysisState.Done, Reviewed = null }, zone, byTime: false);

    private static IQueryable<ImageAnalysis> Queue(DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone, bool forward)
    {
        if (filter.Reviewed == true)
        {
            var reviewed = Reviewed(context, filter, zone);
            return forward
                ? reviewed.OrderByDescending(analysis => analysis.ReviewedAtUtc).ThenByDescending(analysis => analysis.Id)
                : reviewed.OrderBy(analysis => analysis.ReviewedAtUtc).ThenBy(analysis => analysis.Id);
        }

        var waiting = Waiting(context, filter, zone);
        return forward
            ? waiting.OrderByDescending(analysis => analysis.Doubt).ThenByDescending(analysis => analysis.CapturedAtUtc).ThenByDescending(analysis => analysis.Id)
            : waiting.OrderBy(analysis => analysis.Doubt).ThenBy(analysis => analysis.CapturedAtUtc).ThenBy(analysis => analysis.Id);
    }
}
