using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>Settings and models that made results.</summary>
/// <param name="SettingsVersion">Number of the settings version.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Detector">The engine.</param>
/// <param name="ModelVersion">The model files.</param>
/// <param name="Images">Images they judged.</param>
public sealed record UsedVersion(long SettingsVersion, AnalysisSettings Settings, DetectorKind Detector, string ModelVersion, int Images);

/// <summary>What a report says besides figures.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="settings">Settings versions.</param>
public sealed class ReportQueries(IDbContextFactory<DashboardDbContext> contexts, SettingsStore settings)
{
    /// <summary>What made the results of a filter, newest settings first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<UsedVersion>> VersionsAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var groups = await context.Filtered(filter with { State = AnalysisState.Done }, zone)
            .GroupBy(analysis => new { analysis.SettingsVersionId, analysis.Detector, analysis.ModelVersion })
            .Select(group => new { group.Key, Images = group.Count() })
            .ToListAsync(cancellationToken);
        var used = new List<UsedVersion>();
        foreach (var group in groups.OrderByDescending(group => group.Key.SettingsVersionId).ThenBy(group => group.Key.Detector))
        {
            used.Add(new UsedVersion(
                group.Key.SettingsVersionId, await settings.GetAsync(group.Key.SettingsVersionId, cancellationToken), group.Key.Detector, group.Key.ModelVersion, group.Images));
        }

        return used;
    }
}
