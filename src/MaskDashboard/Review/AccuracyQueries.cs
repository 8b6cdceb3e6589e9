using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Review;

/// <summary>Accuracy at one site.</summary>
/// <param name="SiteId">The site; null for images without one.</param>
/// <param name="SiteName">Its name; null for images without one.</param>
/// <param name="Figures">The counts.</param>
public sealed record SiteAccuracy(long? SiteId, string? SiteName, AccuracyFigures Figures);

/// <summary>Accuracy under one settings version.</summary>
/// <param name="VersionId">Number of the version.</param>
/// <param name="CreatedAtUtc">When it was made, UTC.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="Figures">The counts.</param>
public sealed record VersionAccuracy(long VersionId, DateTime CreatedAtUtc, string Reason, AccuracyFigures Figures);

/// <summary>How right the program is on the reviewed images.</summary>
/// <param name="All">Everything that passes the filter.</param>
/// <param name="Sites">By site, most faces first.</param>
/// <param name="Versions">By settings version, newest first.</param>
/// <param name="Unseen">Images that were marked as reviewed together, unseen; they are not counted.</param>
public sealed record AccuracyReport(AccuracyFigures All, IReadOnlyList<SiteAccuracy> Sites, IReadOnlyList<VersionAccuracy> Versions, int Unseen);

/// <summary>
/// Compares the program with its reviewers on the user's own photographs. Only images that a person looked at and marked as reviewed count; a face on
/// them that nobody corrected is confirmed.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
public sealed class AccuracyQueries(IDbContextFactory<DashboardDbContext> contexts)
{
    /// <summary>The accuracy on the images that pass a filter.</summary>
    /// <param name="filter">The filter; whether it asks for reviewed images does not matter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<AccuracyReport> ReportAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var reviewed = ReviewQueue.Reviewed(context, filter, zone);
        var seen = reviewed.Where(analysis => !analysis.ReviewedUnseen);
        var images = await seen
            .GroupBy(analysis => new { analysis.SiteId, analysis.SettingsVersionId })
            .Select(group => new
            {
                group.Key.SiteId,
                group.Key.SettingsVersionId,
                Images = group.Count(),
                Mask = group.Sum(analysis => analysis.MaskCount),
                NoMask = group.Sum(analysis => analysis.NoMaskCount),
                Uncertain = group.Sum(analysis => analysis.UncertainCount),
            })
            .ToListAsync(cancellationToken);
        // Of millions of faces a few are corrected; the others are what the analyses count.
        var corrected = await context.Faces
            .Where(face => face.Counted != face.EffectiveCounted || face.Label != face.EffectiveLabel)
            .Where(face => face.Counted || face.EffectiveCounted)
            .Join(seen, face => face.AnalysisId, analysis => analysis.Id, (face, analysis) => new { analysis.SiteId, analysis.SettingsVersionId, face.Counted, face.EffectiveCounted, face.Label, face.EffectiveLabel })
            .GroupBy(face => face)
            .Select(group => new { group.Key, Faces = group.Count() })
            .ToListAsync(cancellationToken);
        var parts = images.Select(part => (
                part.SiteId,
                part.SettingsVersionId,
                Figures: Confirmed(MaskLabel.Mask, part.Mask) + Confirmed(MaskLabel.NoMask, part.NoMask) + Confirmed(MaskLabel.Uncertain, part.Uncertain) with { Images = part.Images }))
            .Concat(corrected.Select(part => (
                part.Key.SiteId,
                part.Key.SettingsVersionId,
                Figures: Of(part.Key.Counted, part.Key.EffectiveCounted, part.Key.Label, part.Key.EffectiveLabel, part.Faces)
                    + (part.Key.EffectiveCounted ? Confirmed(part.Key.EffectiveLabel, -part.Faces) : AccuracyFigures.None))))
            .ToList();
        var siteNames = await context.Sites.ToDictionaryAsync(site => site.Id, site => site.Name, cancellationToken);
        var versionIds = parts.Select(part => part.SettingsVersionId).ToHashSet();
        var versions = await context.SettingsVersions.Where(version => versionIds.Contains(version.Id)).OrderByDescending(version => version.Id).ToListAsync(cancellationToken);
        return new AccuracyReport(
            Sum(parts.Select(part => part.Figures)),
            [.. parts.GroupBy(part => part.SiteId)
                .Select(site => new SiteAccuracy(site.Key, site.Key is { } id ? siteNames[id] : null, Sum(site.Select(part => part.Figures))))
                .OrderByDescending(site => site.Figures.Faces)],
            [.. versions.Select(version => new VersionAccuracy(
                version.Id, version.CreatedAtUtc, version.Reason, Sum(parts.Where(part => part.SettingsVersionId == version.Id).Select(part => part.Figures))))],
            await reviewed.CountAsync(analysis => analysis.ReviewedUnseen, cancellationToken));
    }

    private static AccuracyFigures Sum(IEnumerable<AccuracyFigures> parts) => parts.Aggregate(AccuracyFigures.None, (sum, part) => sum + part);

    private static AccuracyFigures Confirmed(MaskLabel label, int faces) => Of(counted: true, isFace: true, label, label, faces);

    private static AccuracyFigures Of(bool counted, bool isFace, MaskLabel program, MaskLabel truth, int faces) => (counted, isFace) switch
    {
        (true, true) => AccuracyFigures.None with { Found = faces, Labels = Labels(program, truth, faces) },
        (true, false) => AccuracyFigures.None with { FalseDetections = faces },
        _ => AccuracyFigures.None with { Missed = faces, Labels = Labels(program, truth, faces) },
    };

    private static LabelConfusion Labels(MaskLabel program, MaskLabel truth, int faces) => (truth, program) switch
    {
        (MaskLabel.Mask, MaskLabel.Mask) => default(LabelConfusion) with { MaskAsMask = faces },
        (MaskLabel.Mask, MaskLabel.NoMask) => default(LabelConfusion) with { MaskAsNoMask = faces },
        (MaskLabel.Mask, _) => default(LabelConfusion) with { MaskAsUncertain = faces },
        (MaskLabel.NoMask, MaskLabel.Mask) => default(LabelConfusion) with { NoMaskAsMask = faces },
        (MaskLabel.NoMask, MaskLabel.NoMask) => default(LabelConfusion) with { NoMaskAsNoMask = faces },
        (MaskLabel.NoMask, _) => default(LabelConfusion) with { NoMaskAsUncertain = faces },
        _ => default(LabelConfusion) with { Undecided = faces },
    };
}
