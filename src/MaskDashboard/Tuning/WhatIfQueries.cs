using MaskDashboard.Compliance;
using MaskDashboard.Settings;
using MaskDashboard.Vision;

namespace MaskDashboard.Tuning;

/// <summary>Answers what settings would make of the stored results that pass a filter.</summary>
/// <param name="snapshot">The results in memory.</param>
/// <param name="settings">Settings versions.</param>
public sealed class WhatIfQueries(HistorySnapshot snapshot, SettingsStore settings)
{
    /// <summary>Judges the results that pass a filter under other settings.</summary>
    /// <param name="tried">The settings.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="along">The setting of the curve; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<WhatIfResult> JudgeAsync(
        VersionedSettings tried, ImageFilter filter, TimeZoneInfo zone, SettingDefinition? along = null, CancellationToken cancellationToken = default)
    {
        var images = await snapshot.ImagesAsync(filter, zone, cancellationToken);
        var versions = new Dictionary<long, AnalysisSettings>();
        foreach (var version in images.Select(image => image.VersionId).Distinct())
        {
            versions[version] = await settings.GetAsync(version, cancellationToken);
        }

        // Off the page's thread: half a second of arithmetic would hold its clicks up.
        return await Task.Run(() => WhatIf.Judge(images, tried, versions, along, cancellationToken), cancellationToken);
    }

    /// <summary>Suggests a threshold from the reviewed results that pass a filter.</summary>
    /// <param name="setting">The score threshold or the mask threshold.</param>
    /// <param name="tried">The other settings.</param>
    /// <param name="wantedPrecision">The precision to reach; null for the greatest F1.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ThresholdSuggestion> SuggestAsync(
        SettingDefinition setting, AnalysisSettings tried, double? wantedPrecision, ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        var images = await snapshot.ImagesAsync(filter with { Reviewed = true }, zone, cancellationToken);
        return await Task.Run(() => ThresholdSuggestions.Suggest(setting, images, tried, wantedPrecision), cancellationToken);
    }
}
