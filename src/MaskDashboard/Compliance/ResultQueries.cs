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
    public Task<ImageResult?> FindAsync(long imageId, CancellationToken cancellationToken = default) => FindAsync(imageId, null, cancellationToken);

    /// <summary>The newest result of an image by a detector; null when there is none.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="detector">The engine.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<ImageResult?> FindByDetectorAsync(long imageId, DetectorKind detector, CancellationToken cancellationToken = default) => FindAsync(imageId, detector, cancellationToken);

    private async Task<ImageResult?> FindAsync(long imageId, DetectorKind? detector, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var query = context.Analyses.Where(stored => stored.ImageId == imageId);
        query = detector is null ? query.Where(stored => stored.IsCurrent) : query.Where(stored => stored.Detector == detector).OrderByDescending(stored => stored.Id);
        var analysis = await query.Include(stored => stored.Image).ThenInclude(image => image!.Site)
            .Include(stored => stored.SettingsVersion)
            .Include(stored => stored.Faces.OrderBy(face => face.Index))
            .Include(stored => stored.Pairs)
            .AsSplitQuery()
            .FirstOrDefaultAsync(cancellationToken);
        if (analysis is null)
        {
            return null;
        }

        var (time, id) = (analysis.CapturedAtUtc, analysis.Id);
        var current = context.Analyses.Where(stored => stored.IsCurrent && stored.ImageId != imageId);
        var newer = await current.Where(stored => stored.CapturedAtUtc > time || (stored.CapturedAtUtc == time && stored.Id > id))
            .OrderBy(stored => stored.CapturedAtUtc).ThenBy(stored => stored.Id).Select(stored => (long?)stored.ImageId).FirstOrDefaultAsync(cancellationToken);
        var older = await current.Where(stored => stored.CapturedAtUtc < time || (stored.CapturedAtUtc == time && stored.Id < id))
            .OrderByDescending(stored => stored.CapturedAtUtc).ThenByDescending(stored => stored.Id).Select(stored => (long?)stored.ImageId).FirstOrDefaultAsync(cancellationToken);
        return new ImageResult(analysis.Image!, analysis, await settings.GetAsync(analysis.SettingsVersionId, cancellationToken), newer, older);
    }
}
