using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Settings;

/// <summary>Settings and the version that holds them.</summary>
/// <param name="VersionId">Number of the version.</param>
/// <param name="Settings">The settings.</param>
public sealed record VersionedSettings(long VersionId, AnalysisSettings Settings)
{
    /// <summary>The sites with a field of view of their own, by their key; degrees along the longer side of the picture.</summary>
    public IReadOnlyDictionary<long, double> SiteFieldsOfViewDegrees { get; init; } = new Dictionary<long, double>();

    /// <summary>The field of view of a site's camera, degrees; null for the default.</summary>
    /// <param name="siteId">The site; null for a photograph without one.</param>
    public double? FieldOfViewDegrees(long? siteId) => siteId is { } id && SiteFieldsOfViewDegrees.TryGetValue(id, out var degrees) ? degrees : null;
}

/// <summary>The settings a new database starts with. Section <c>Analysis</c>.</summary>
/// <param name="Settings">The settings.</param>
public sealed record InitialSettings(AnalysisSettings Settings);

/// <summary>Somebody else saved settings meanwhile.</summary>
/// <param name="current">The version in force.</param>
public sealed class SettingsChangedException(long current) : Exception($"The settings were changed meanwhile: version {current} is in force.");

/// <summary>Keeps every version of the analysis settings; the newest is in force. Thread-safe.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="initial">What the first version holds.</param>
/// <param name="audit">Notes who changed what.</param>
/// <param name="clock">The time.</param>
public sealed class SettingsStore(
    IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, InitialSettings initial, AuditLog audit, TimeProvider clock)
{
    /// <summary>Smallest field of view of a site, degrees.</summary>
    public const double MinFieldOfViewDegrees = 10;

    /// <summary>Greatest field of view of a site, degrees.</summary>
    public const double MaxFieldOfViewDegrees = 150;

    /// <summary>Longest reason, characters.</summary>
    public const int MaxReasonLength = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, IgnoreReadOnlyProperties = false };

    private VersionedSettings? _current;

    /// <summary>The settings in force.</summary>
    public VersionedSettings Current => _current ?? throw new InvalidOperationException("The settings are read at the start, after the database is ready.");

    /// <summary>Reads the settings in force; makes the first version in a new database.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await context.SettingsVersions.OrderByDescending(version => version.Id).FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            await SaveAsync(initial.Settings, "First start", null, cancellationToken);
        }
        else
        {
            _current = await ReadAsync(context, newest, cancellationToken);
        }
    }

    /// <summary>The settings of a version.</summary>
    /// <param name="versionId">Number of the version.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<AnalysisSettings> GetAsync(long versionId, CancellationToken cancellationToken = default) => (await GetVersionAsync(versionId, cancellationToken)).Settings;

    /// <summary>A version: its settings and the sites' fields of view at that time.</summary>
    /// <param name="versionId">Number of the version.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<VersionedSettings> GetVersionAsync(long versionId, CancellationToken cancellationToken = default)
    {
        if (_current is { } current && current.VersionId == versionId)
        {
            return current;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(context, await context.SettingsVersions.SingleAsync(version => version.Id == versionId, cancellationToken), cancellationToken);
    }

    /// <summary>Makes a new version and puts it in force; the sites keep their fields of view.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="reason">Why; 1 to 500 characters.</param>
    /// <param name="userId">Who; null in a run without accounts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ValidationException">A value is out of its bounds.</exception>
    public Task<VersionedSettings> SaveAsync(AnalysisSettings settings, string reason, string? userId, CancellationToken cancellationToken = default) =>
        SaveAsync(settings, null, null, reason, Actor.Program with { UserId = userId }, cancellationToken);

    /// <summary>Makes a new version and puts it in force.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="siteFieldsOfViewDegrees">The sites with a field of view of their own, by their key, degrees; null to leave them as they are.</param>
    /// <param name="basedOn">The version whose values were changed; null for whichever is in force.</param>
    /// <param name="reason">Why; 1 to 500 characters.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ValidationException">A value is out of its bounds, or there is no reason.</exception>
    /// <exception cref="SettingsChangedException"><paramref name="basedOn"/> is no longer in force.</exception>
    public async Task<VersionedSettings> SaveAsync(
        AnalysisSettings settings,
        IReadOnlyDictionary<long, double>? siteFieldsOfViewDegrees,
        long? basedOn,
        string reason,
        Actor by,
        CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        reason = reason.Trim();
        Check(settings, siteFieldsOfViewDegrees, reason);
        return await writer.WriteAsync(
            async (context, token) =>
            {
                if (basedOn is { } expected && Current.VersionId != expected)
                {
                    throw new SettingsChangedException(Current.VersionId);
                }

                var views = await WriteSitesAsync(context, siteFieldsOfViewDegrees, token);
                var version = new SettingsVersion
                {
                    SettingsJson = JsonSerializer.Serialize(settings, Json),
                    SiteFieldsOfViewJson = JsonSerializer.Serialize(views, Json),
                    Reason = reason,
                    CreatedAtUtc = clock.GetUtcNow().UtcDateTime,
                    CreatedById = by.UserId,
                    ReplacesId = _current?.VersionId,
                };
                context.Add(version);
                await context.SaveChangesAsync(token);
                var saved = new VersionedSettings(version.Id, settings) { SiteFieldsOfViewDegrees = views };
                if (_current is { } before)
                {
                    var siteNames = await context.Sites.ToDictionaryAsync(site => site.Id, site => site.Name, token);
                    var changes = SettingChange.Sentence(SettingChange.Between(before, saved, siteNames, CultureInfo.InvariantCulture));
                    audit.Append(context, AuditAction.Settings, $"Settings version {saved.VersionId} ({reason}): {changes}", by);
                }

                return saved;
            },
            // Only a committed version may be in force, and nobody may save another before it is.
            saved => _current = saved,
            cancellationToken);
    }

    /// <summary>Reads stored settings.</summary>
    /// <param name="settingsJson">As in <see cref="SettingsVersion.SettingsJson"/>.</param>
    public static AnalysisSettings Parse(string settingsJson) =>
        JsonSerializer.Deserialize<AnalysisSettings>(settingsJson, Json) ?? throw new JsonException("Stored settings are empty.");

    /// <summary>A stored version with its settings.</summary>
    /// <param name="version">The row.</param>
    /// <param name="sitesToday">The fields of view of today, for versions that are older than their keeping.</param>
    internal static VersionedSettings Read(SettingsVersion version, IReadOnlyDictionary<long, double> sitesToday) => new(version.Id, Parse(version.SettingsJson))
    {
        SiteFieldsOfViewDegrees = version.SiteFieldsOfViewJson is { } json
            ? JsonSerializer.Deserialize<Dictionary<long, double>>(json, Json) ?? throw new JsonException("Stored fields of view are empty.")
            : sitesToday,
    };

    /// <summary>The sites with a field of view of their own, as they are now.</summary>
    /// <param name="context">The database.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<IReadOnlyDictionary<long, double>> SitesTodayAsync(DashboardDbContext context, CancellationToken cancellationToken) =>
        await context.Sites.Where(site => site.FieldOfViewDegrees != null).ToDictionaryAsync(site => site.Id, site => site.FieldOfViewDegrees!.Value, cancellationToken);

    private static async Task<VersionedSettings> ReadAsync(DashboardDbContext context, SettingsVersion version, CancellationToken cancellationToken) =>
        Read(version, version.SiteFieldsOfViewJson is null ? await SitesTodayAsync(context, cancellationToken) : new Dictionary<long, double>());

    private static void Check(AnalysisSettings settings, IReadOnlyDictionary<long, double>? siteFieldsOfViewDegrees, string reason)
    {
        Validator.ValidateObject(settings, new ValidationContext(settings), validateAllProperties: true);
        if (siteFieldsOfViewDegrees?.Values.Any(degrees => degrees is not (>= MinFieldOfViewDegrees and <= MaxFieldOfViewDegrees)) == true)
        {
            throw new ValidationException($"The field of view of a site must be between {MinFieldOfViewDegrees} and {MaxFieldOfViewDegrees} degrees.");
        }

        if (reason.Length is 0 or > MaxReasonLength)
        {
            throw new ValidationException($"New settings need a reason of 1 to {MaxReasonLength} characters.");
        }
    }

    private static async Task<IReadOnlyDictionary<long, double>> WriteSitesAsync(
        DashboardDbContext context, IReadOnlyDictionary<long, double>? wanted, CancellationToken cancellationToken)
    {
        var sites = await context.Sites.ToListAsync(cancellationToken);
        foreach (var site in sites)
        {
            site.FieldOfViewDegrees = wanted is null ? site.FieldOfViewDegrees : wanted.TryGetValue(site.Id, out var degrees) ? degrees : null;
        }

        return sites.Where(site => site.FieldOfViewDegrees is not null).ToDictionary(site => site.Id, site => site.FieldOfViewDegrees!.Value);
    }
}
