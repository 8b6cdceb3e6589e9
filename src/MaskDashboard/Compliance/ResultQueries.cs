using System.Linq.Expressions;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>Everything about an image and one of its analyses.</summary>
/// <param name="Image">The image, with its site.</param>
/// <param name="Analysis">The analysis, with faces and pairs.</param>
/// <param name="Settings">The settings of its version.</param>
/// <param name="NewerImageId">The next newer image; null for the newest.</param>
/// <param name="OlderImageId">The next older image; null for the oldest.</param>
public sealed record ImageResult(StoredImage Image, ImageAnalysis Analysis, AnalysisSettings Settings, long? NewerImageId, long? OlderImageId);

/// <summary>Finds results.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="settings">Settings versions.</param>
public sealed class ResultQueries(IDbContextFactory<DashboardDbContext> contexts, SettingsStore settings)
{
    /// <summary>The current result of an image; null when there is no such image.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<ImageResult?> FindAsync(long imageId, CancellationToken cancellationToken = default) =>
        FindAsync(analysis => analysis.ImageId == imageId && analysis.IsCurrent, cancellationToken);

    /// <summary>A result that need not be the current one of its image; null when there is no such analysis.</summary>
    /// <param name="analysisId">The analysis.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<ImageResult?> FindAnalysisAsync(long analysisId, CancellationToken cancellationToken = default) =>
        FindAsync(analysis => analysis.Id == analysisId, cancellationToken);

    /// <summary>An image without its result; null when there is no such image.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<StoredImage?> FindImageAsync(long imageId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Images.SingleOrDefaultAsync(image => image.Id == imageId, cancellationToken);
    }

    private async Task<ImageResult?> FindAsync(Expression<Func<ImageAnalysis, bool>> which, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var analysis = await context.Analyses.Where(which).Include(stored => stored.Image).ThenInclude(image => image!.Site)
            .Include(stored => stored.SettingsVersion)
            .Include(stored => stored.Faces.OrderBy(face => face.Index))
            .Include(stored => stored.Pairs)
            .AsSplitQuery()
            .FirstOrDefaultAsync(cancellationToken);
        if (analysis is null)
        {
            return null;
        }

        var (time, id, imageId) = (analysis.CapturedAtUtc, analysis.Id, analysis.ImageId);
        // Equal to a parameter, and with a bound that follows from the rest: so the index of lists is entered at the right place and left after one row.
        var isCurrent = true;
        var current = context.Analyses.Where(stored => stored.IsCurrent == isCurrent && stored.ImageId != imageId);
        var newer = await current.Where(stored => stored.CapturedAtUtc >= time && (stored.CapturedAtUtc > time || stored.Id > id))
            .OrderBy(stored => stored.CapturedAtUtc).ThenBy(stored => stored.Id).Select(stored => (long?)stored.ImageId).FirstOrDefaultAsync(cancellationToken);
        var older = await current.Where(stored => stored.CapturedAtUtc <= time && (stored.CapturedAtUtc < time || stored.Id < id))
            .OrderByDescending(stored => stored.CapturedAtUtc).ThenByDescending(stored => stored.Id).Select(stored => (long?)stored.ImageId).FirstOrDefaultAsync(cancellationToken);
        return new ImageResult(analysis.Image!, analysis, await settings.GetAsync(analysis.SettingsVersionId, cancellationToken), newer, older);
    }
}
