using System.Globalization;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Settings;

/// <summary>Settings that somebody is trying, beside the saved ones. Nothing applies until they are saved. One for each page; not thread-safe.</summary>
public sealed class SettingsDraft
{
    private readonly Dictionary<long, string> _siteNames;

    /// <summary>Starts from what is saved.</summary>
    /// <param name="saved">The version in force.</param>
    /// <param name="sites">Every site.</param>
    public SettingsDraft(VersionedSettings saved, IEnumerable<Site> sites)
    {
        (Saved, Settings, SiteFieldsOfViewDegrees) = (saved, saved.Settings, saved.SiteFieldsOfViewDegrees);
        _siteNames = sites.ToDictionary(site => site.Id, site => site.Name);
    }

    /// <summary>Something was changed, or taken back.</summary>
    public event Action? Changed;

    /// <summary><see cref="Effect"/> is another one.</summary>
    public event Action? EffectChanged;

    /// <summary>What the settings that are tried would make of the stored results, one sentence; null until that is known.</summary>
    public string? Effect { get; private set; }

    /// <summary>The version in force.</summary>
    public VersionedSettings Saved { get; private set; }

    /// <summary>What is tried.</summary>
    public AnalysisSettings Settings { get; private set; }

    /// <summary>The sites with a field of view of their own, tried; degrees.</summary>
    public IReadOnlyDictionary<long, double> SiteFieldsOfViewDegrees { get; private set; }

    /// <summary>What is tried, as a version would hold it; its number is that of the version in force.</summary>
    public VersionedSettings Tried => new(Saved.VersionId, Settings) { SiteFieldsOfViewDegrees = SiteFieldsOfViewDegrees };

    /// <summary>The differences from what is saved.</summary>
    public IReadOnlyList<SettingChange> Changes => SettingChange.Between(Saved, Tried, _siteNames, CultureInfo.CurrentCulture);

    /// <summary>Whether anything differs from what is saved.</summary>
    public bool IsChanged => Settings != Saved.Settings || !SameViews(SiteFieldsOfViewDegrees, Saved.SiteFieldsOfViewDegrees);

    /// <summary>Tries other settings.</summary>
    /// <param name="settings">The settings.</param>
    public void Try(AnalysisSettings settings)
    {
        if (settings != Settings)
        {
            Settings = settings;
            Changed?.Invoke();
        }
    }

    /// <summary>Says what the settings that are tried would do.</summary>
    /// <param name="effect">One sentence.</param>
    public void Tell(string effect)
    {
        if (effect != Effect)
        {
            Effect = effect;
            EffectChanged?.Invoke();
        }
    }

    /// <summary>Tries a field of view for a site.</summary>
    /// <param name="siteId">The site.</param>
    /// <param name="degrees">Degrees; null for the default.</param>
    public void TrySite(long siteId, double? degrees)
    {
        var views = new Dictionary<long, double>(SiteFieldsOfViewDegrees);
        if (degrees is { } own)
        {
            views[siteId] = Math.Clamp(own, SettingsStore.MinFieldOfViewDegrees, SettingsStore.MaxFieldOfViewDegrees);
        }
        else
        {
            views.Remove(siteId);
        }

        SiteFieldsOfViewDegrees = views;
        Changed?.Invoke();
    }

    /// <summary>Tries all that a version holds.</summary>
    /// <param name="version">The version.</param>
    public void TryVersion(VersionedSettings version)
    {
        (Settings, SiteFieldsOfViewDegrees) = (version.Settings, version.SiteFieldsOfViewDegrees);
        Changed?.Invoke();
    }

    /// <summary>Takes every change back.</summary>
    public void Discard() => TryVersion(Saved);

    /// <summary>Goes on from another saved version; with <paramref name="keep"/> what is tried stays tried.</summary>
    /// <param name="saved">The version in force.</param>
    /// <param name="keep">Whether to keep what is tried.</param>
    public void GoOnFrom(VersionedSettings saved, bool keep)
    {
        Saved = saved;
        if (keep)
        {
            Changed?.Invoke();
        }
        else
        {
            TryVersion(saved);
        }
    }

    private static bool SameViews(IReadOnlyDictionary<long, double> left, IReadOnlyDictionary<long, double> right) =>
        left.Count == right.Count && left.All(view => right.TryGetValue(view.Key, out var degrees) && degrees == view.Value);
}
