using System.Globalization;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Settings;

/// <summary>A settings version as the page lists it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="CreatedAtUtc">When, UTC.</param>
/// <param name="CreatedBy">Name of the account; null in a run without accounts, or once the account is gone.</param>
/// <param name="ReplacesId">The version it replaced; null for the first.</param>
/// <param name="Changes">What it changed; empty for the first.</param>
/// <param name="CurrentResults">Results of it that lists and figures show.</param>
/// <param name="OtherResults">Results of it that others have replaced, or that were made for comparison.</param>
public sealed record SettingsVersionRow(
    VersionedSettings Version,
    string Reason,
    DateTime CreatedAtUtc,
    string? CreatedBy,
    long? ReplacesId,
    IReadOnlyList<SettingChange> Changes,
    int CurrentResults,
    int OtherResults);

/// <summary>Lists settings versions.</summary>
/// <param name="contexts">Makes contexts.</param>
public sealed class SettingsVersionQueries(IDbContextFactory<DashboardDbContext> contexts)
{
    /// <summary>Every version, newest first, with what it changed and how many results it made.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<SettingsVersionRow>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await context.SettingsVersions.OrderByDescending(version => version.Id)
            .Select(version => new { Version = version, By = context.Users.Where(user => user.Id == version.CreatedById).Select(user => user.UserName).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        var counts = (await context.Analyses.Where(analysis => analysis.State == AnalysisState.Done)
                .GroupBy(analysis => analysis.SettingsVersionId)
                .Select(group => new { VersionId = group.Key, Current = group.Count(analysis => analysis.IsCurrent), All = group.Count() })
                .ToListAsync(cancellationToken))
            .ToDictionary(group => group.VersionId, group => (group.Current, Other: group.All - group.Current));
        var sites = await context.Sites.ToListAsync(cancellationToken);
        var siteNames = sites.ToDictionary(site => site.Id, site => site.Name);
        var today = sites.Where(site => site.FieldOfViewDegrees is not null).ToDictionary(site => site.Id, site => site.FieldOfViewDegrees!.Value);
        var versions = stored.ToDictionary(row => row.Version.Id, row => SettingsStore.Read(row.Version, today));
        return [.. stored.Select(row => new SettingsVersionRow(
            versions[row.Version.Id],
            row.Version.Reason,
            row.Version.CreatedAtUtc,
            row.By,
            row.Version.ReplacesId,
            row.Version.ReplacesId is { } replaced && versions.TryGetValue(replaced, out var before)
                ? SettingChange.Between(before, versions[row.Version.Id], siteNames, CultureInfo.CurrentCulture)
                : [],
            counts.GetValueOrDefault(row.Version.Id).Current,
            counts.GetValueOrDefault(row.Version.Id).Other))];
    }
}
