using MaskDashboard.Endpoints;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Components.Uploading;

/// <summary>Asks the database how analyses stand.</summary>
/// <param name="database">The database.</param>
public sealed class UploadNews(IDbContextFactory<DashboardDbContext> database)
{
    private const int AnalysesAtOnce = 500;

    /// <summary>How the given analyses stand; deleted ones are left out.</summary>
    /// <param name="analysisIds">Their keys.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<AnalysisNews>> OfAsync(IReadOnlyCollection<long> analysisIds, CancellationToken cancellationToken)
    {
        var news = new List<AnalysisNews>(analysisIds.Count);
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        foreach (var chunk in analysisIds.Distinct().Chunk(AnalysesAtOnce))
        {
            var rows = await context.Analyses.AsNoTracking()
                .Where(analysis => chunk.Contains(analysis.Id))
                .Select(analysis => new
                {
                    analysis.Id,
                    analysis.State,
                    analysis.FailureReason,
                    Figures = new ComplianceFigures(analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount),
                    analysis.ImageId,
                    analysis.Image!.TimesBlurred,
                })
                .ToListAsync(cancellationToken);
            news.AddRange(rows.Select(row => new AnalysisNews(
                row.Id, row.State, row.FailureReason, row.Figures, PhotographAddress.Thumbnail(row.ImageId, row.Id, row.Figures, row.TimesBlurred))));
        }

        return news;
    }

    /// <summary>Names of all sites, in order.</summary>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<string>> SiteNamesAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        return await context.Sites.AsNoTracking().OrderBy(site => site.Name).Select(site => site.Name).ToListAsync(cancellationToken);
    }
}
