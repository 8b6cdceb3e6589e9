using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>Images that a person chose: some by number, or all that a filter shows.</summary>
/// <param name="Filter">The filter; not asked when images are chosen by number.</param>
/// <param name="Zone">The viewer's time zone, for the filter's calendar days.</param>
public sealed record ImageSelection(ImageFilter Filter, TimeZoneInfo Zone)
{
    /// <summary>The images chosen by number; null for all of the filter.</summary>
    public IReadOnlyCollection<long>? ImageIds { get; init; }

    /// <summary>Images taken out of the choice again.</summary>
    public IReadOnlyCollection<long> ExceptImageIds { get; init; } = [];

    /// <summary>Newest image that belongs to the choice, so that what arrives after the choice does not join it; null for no such limit.</summary>
    public long? UpToImageId { get; init; }

    /// <summary>Images chosen by number.</summary>
    /// <param name="imageIds">The images.</param>
    public static ImageSelection Of(params IReadOnlyCollection<long> imageIds) => new(new ImageFilter(), TimeZoneInfo.Utc) { ImageIds = imageIds };
}

/// <summary>Turns an <see cref="ImageSelection"/> into a query.</summary>
public static class SelectedAnalyses
{
    /// <summary>The current analyses of the chosen images.</summary>
    /// <param name="context">The database.</param>
    /// <param name="selection">The choice.</param>
    public static IQueryable<ImageAnalysis> Selected(this DashboardDbContext context, ImageSelection selection)
    {
        var query = context.Analyses.Where(analysis => analysis.IsCurrent);
        if (selection.ImageIds is { } chosen)
        {
            // One parameter for them all: SQLite takes 32,766 at most, and people select more.
            query = query.Where(analysis => EF.Parameter(chosen).Contains(analysis.ImageId));
        }
        else
        {
            query = context.Filtered(selection.Filter, selection.Zone);
        }

        if (selection.ExceptImageIds is { Count: > 0 } except)
        {
            query = query.Where(analysis => !EF.Parameter(except).Contains(analysis.ImageId));
        }

        if (selection.UpToImageId is { } newest)
        {
            query = query.Where(analysis => analysis.ImageId <= newest);
        }

        return query;
    }
}
