using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>Turns an <see cref="ImageFilter"/> with a search text into the query that suits how often the text occurs.</summary>
internal static class SearchedAnalyses
{
    // Beyond that, reading every name is quicker than going from hit to hit.
    private const int FewImages = 2_000;

    /// <summary>The current analyses that pass a filter, as <see cref="FilteredAnalyses.Filtered"/> has them.</summary>
    /// <param name="context">The database.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone, for calendar days.</param>
    /// <param name="byTime">Whether they are read in the order of their capture.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<IQueryable<ImageAnalysis>> SearchedAsync(this DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone, bool byTime, CancellationToken cancellationToken)
    {
        if (filter.Search?.Trim() is not { Length: > 0 } text || text.EnumerateRunes().Count() < NameIndex.LeastLetters || text.Any(char.IsControl))
        {
            return context.Filtered(filter, zone, byTime);
        }

        var images = await NameIndex.FindAsync(context, text, FewImages + 1, cancellationToken);
        if (images.Count > FewImages)
        {
            return context.Current(byTime).Passing(filter, zone);
        }

        var pattern = FilteredAnalyses.Pattern(text);
        var sites = await context.Sites.Where(site => EF.Functions.Like(site.Name, pattern, FilteredAnalyses.Escape)).Select(site => (long?)site.Id).ToListAsync(cancellationToken);
        var found = (images.Count, sites.Count) switch
        {
            (_, 0) => context.Current(byTime: false).Where(analysis => EF.Parameter(images).Contains(analysis.ImageId)),
            (0, _) => context.Current(byTime).Where(analysis => EF.Parameter(sites).Contains(analysis.SiteId)),
            _ => context.Current(byTime).Where(analysis => EF.Parameter(images).Contains(analysis.ImageId) || EF.Parameter(sites).Contains(analysis.SiteId)),
        };
        return found.Passing(filter with { Search = null }, zone);
    }
}
