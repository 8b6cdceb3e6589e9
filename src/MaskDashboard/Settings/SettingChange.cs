using System.Globalization;
using MaskDashboard.Vision;

namespace MaskDashboard.Settings;

/// <summary>One difference between two settings versions. Texts are English, the keys of their translations; numbers are written as the current culture does.</summary>
/// <param name="Label">What changed; <c>{0}</c> is the site's name where there is one.</param>
/// <param name="SiteName">The site; null for a setting of the whole program.</param>
/// <param name="Old">Value before.</param>
/// <param name="New">Value after.</param>
/// <param name="NeedsInference">Whether the models have to look again for it to act on stored photographs.</param>
public sealed record SettingChange(string Label, string? SiteName, string Old, string New, bool NeedsInference)
{
    /// <summary>Label of a site's field of view.</summary>
    public const string SiteFieldOfView = "Field of view, {0}";

    /// <summary>Value of a site without a field of view of its own.</summary>
    public const string ByDefault = "default";

    /// <summary>The differences between two versions, in the order of the page.</summary>
    /// <param name="before">One version.</param>
    /// <param name="after">The other.</param>
    /// <param name="siteNames">Names of the sites; one that is gone is shown by its number.</param>
    /// <param name="culture">How numbers are written.</param>
    public static IReadOnlyList<SettingChange> Between(VersionedSettings before, VersionedSettings after, IReadOnlyDictionary<long, string> siteNames, CultureInfo culture)
    {
        var (old, @new) = (before.Settings, after.Settings);
        var changes = new List<SettingChange>();
        if (old.Detector != @new.Detector)
        {
            changes.Add(new SettingChange("Detector", null, old.Detector.ToString(), @new.Detector.ToString(), NeedsInference: true));
        }

        foreach (var setting in SettingDefinition.All)
        {
            var (from, to) = (setting.Get(old), setting.Get(@new));
            if (from != to)
            {
                changes.Add(new SettingChange(setting.Label, null, setting.Write(from, culture), setting.Write(to, culture), setting.NeedsInference));
            }
        }

        if (old.DistanceRule != @new.DistanceRule)
        {
            changes.Add(new SettingChange("Distance rule", null, Name(old.DistanceRule), Name(@new.DistanceRule), NeedsInference: false));
        }

        var (oldViews, newViews) = (before.SiteFieldsOfViewDegrees, after.SiteFieldsOfViewDegrees);
        foreach (var site in oldViews.Keys.Union(newViews.Keys).Order())
        {
            if (oldViews.GetValueOrDefault(site, double.NaN) is var from && newViews.GetValueOrDefault(site, double.NaN) is var to && !from.Equals(to))
            {
                changes.Add(new SettingChange(SiteFieldOfView, siteNames.GetValueOrDefault(site) ?? site.ToString(culture), View(from, culture), View(to, culture), NeedsInference: false));
            }
        }

        return changes;
    }

    /// <summary>The differences as one English sentence, for the audit log.</summary>
    /// <param name="changes">The differences.</param>
    public static string Sentence(IEnumerable<SettingChange> changes) =>
        string.Join("; ", changes.Select(change => $"{string.Format(CultureInfo.InvariantCulture, change.Label, change.SiteName)} {change.Old} -> {change.New}"));

    private static string Name(DistanceRule rule) => Components.Controls.FigureText.Name(rule);

    private static string View(double degrees, CultureInfo culture) => double.IsNaN(degrees) ? ByDefault : degrees.ToString("0.###", culture) + "°";
}
