using MaskDashboard.Endpoints;
using MaskDashboard.Exports;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>An image as lists show it.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="AnalysisId">Its current analysis.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="SiteName">Camera or place; null for none.</param>
/// <param name="CapturedAtUtc">When it was taken, UTC.</param>
/// <param name="UploadedAtUtc">When it was uploaded, UTC.</param>
/// <param name="Detector">The engine.</param>
/// <param name="State">Where the analysis stands.</param>
/// <param name="FailureReason">Why it failed; null unless it did.</param>
/// <param name="Figures">Counts.</param>
/// <param name="ReviewedAtUtc">When it was reviewed, UTC; null while it is not.</param>
/// <param name="TimesBlurred">How often its faces were blurred.</param>
public sealed record HistoryRow(
    long ImageId,
    long AnalysisId,
    string FileName,
    string? SiteName,
    DateTime CapturedAtUtc,
    DateTime UploadedAtUtc,
    DetectorKind Detector,
    AnalysisState State,
    string? FailureReason,
    ComplianceFigures Figures,
    DateTime? ReviewedAtUtc,
    int TimesBlurred)
{
    /// <summary>Address of the thumbnail, null until there is one.</summary>
    public string? ThumbnailAddress => State == AnalysisState.Done ? PhotographAddress.Thumbnail(ImageId, AnalysisId, Figures, TimesBlurred) : null;
}

/// <summary>A stretch of a list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Total">Rows that pass the filter.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryRow> Rows, int Total);

/// <summary>Lists images.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="totals">Counts.</param>
public sealed class HistoryQueries(IDbContextFactory<DashboardDbContext> contexts, ImageTotals totals)
{
    private const int SearchedByTime = 2_000;

    /// <summary>A stretch of the images that pass a filter, newest capture first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="skip">Rows before the stretch.</param>
    /// <param name="take">Rows of the stretch, at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<HistoryPage> PageAsync(ImageFilter filter, TimeZoneInfo zone, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // The newest hits of a common text are found at once in the order of time; those far down sooner by reading everything in the order in which it lies.
        var query = await context.SearchedAsync(filter, zone, byTime: string.IsNullOrWhiteSpace(filter.Search) || skip < SearchedByTime, cancellationToken);
        var total = await totals.ImagesAsync(filter, zone, cancellationToken);
        if (total <= skip)
        {
            return new HistoryPage([], total);
        }

        // Keys first, from the index alone; the wide rows only for the stretch.
        var keys = query.OrderByDescending(analysis => analysis.CapturedAtUtc).ThenByDescending(analysis => analysis.Id).Skip(skip).Take(take).Select(analysis => analysis.Id);
        var rows = await context.Analyses.Where(analysis => keys.Contains(analysis.Id))
            .OrderByDescending(analysis => analysis.CapturedAtUtc).ThenByDescending(analysis => analysis.Id)
            .Select(analysis => new HistoryRow(
                analysis.ImageId,
                analysis.Id,
                analysis.Image!.FileName,
                analysis.Image.Site!.Name,
                analysis.CapturedAtUtc,
                analysis.Image.UploadedAtUtc,
                analysis.Detector,
                analysis.State,
                analysis.FailureReason,
                new ComplianceFigures(analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount),
                analysis.ReviewedAtUtc,
                analysis.Image.TimesBlurred))
            .ToListAsync(cancellationToken);
        return new HistoryPage(rows, total);
    }

    /// <summary>The images of a list from one row to another, both included.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="one">A row.</param>
    /// <param name="other">Another, above or below it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<long>> ImagesBetweenAsync(ImageFilter filter, TimeZoneInfo zone, ListPosition one, ListPosition other, CancellationToken cancellationToken = default)
    {
        var (low, high) = one.CapturedAtUtc < other.CapturedAtUtc || (one.CapturedAtUtc == other.CapturedAtUtc && one.AnalysisId < other.AnalysisId) ? (one, other) : (other, one);
        var (lowTime, lowId, highTime, highId) = (low.CapturedAtUtc, low.AnalysisId, high.CapturedAtUtc, high.AnalysisId);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await (await context.SearchedAsync(filter, zone, byTime: true, cancellationToken))
            .Where(analysis => analysis.CapturedAtUtc >= lowTime && (analysis.CapturedAtUtc > lowTime || analysis.Id >= lowId)
                && analysis.CapturedAtUtc <= highTime && (analysis.CapturedAtUtc < highTime || analysis.Id <= highId))
            .Select(analysis => analysis.ImageId)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Every site, by name.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<Site>> SitesAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sites.OrderBy(site => site.Name).ToListAsync(cancellationToken);
    }
}
