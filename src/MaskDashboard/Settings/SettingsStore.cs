using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Settings;

/// <summary>Settings and the version that holds them.</summary>
/// <param name="VersionId">Number of the version.</param>
/// <param name="Settings">The settings.</param>
public sealed record VersionedSettings(long VersionId, AnalysisSettings Settings);

/// <summary>The settings a new database starts with. Section <c>Analysis</c>.</summary>
/// <param name="Settings">The settings.</param>
public sealed record InitialSettings(AnalysisSettings Settings);

/// <summary>Keeps every version of the analysis settings; the newest is in force. Thread-safe.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="initial">What the first version holds.</param>
/// <param name="clock">The time.</param>
public sealed class SettingsStore(
    IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, InitialSettings initial, TimeProvider clock)
{
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
        _current = newest is null
            ? await SaveAsync(initial.Settings, "First start", null, cancellationToken)
            : new VersionedSettings(newest.Id, Parse(newest.SettingsJson));
    }

    /// <summary>The settings of a version.</summary>
    /// <param name="versionId">Number of the version.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<AnalysisSettings> GetAsync(long versionId, CancellationToken cancellationToken = default)
    {
        if (_current?.VersionId == versionId)
        {
            return _current.Settings;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return Parse((await context.SettingsVersions.SingleAsync(version => version.Id == versionId, cancellationToken)).SettingsJson);
    }

    /// <summary>Makes a new version and puts it in force.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="reason">Why.</param>
    /// <param name="userId">Who; null in a run without accounts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ValidationException">A value is out of its bounds.</exception>
    public async Task<VersionedSettings> SaveAsync(AnalysisSettings settings, string reason, string? userId, CancellationToken cancellationToken = default)
    {
        Validator.ValidateObject(settings, new ValidationContext(settings), validateAllProperties: true);
        var id = await writer.WriteAsync(
            async (context, token) =>
            {
                var version = new SettingsVersion
                {
                    SettingsJson = JsonSerializer.Serialize(settings, Json),
                    Reason = reason,
                    CreatedAtUtc = clock.GetUtcNow().UtcDateTime,
                    CreatedById = userId,
                    ReplacesId = _current?.VersionId,
                };
                context.Add(version);
                await context.SaveChangesAsync(token);
                return version.Id;
            },
            cancellationToken);
        return _current = new VersionedSettings(id, settings);
    }

    /// <summary>Reads stored settings.</summary>
    /// <param name="settingsJson">As in <see cref="SettingsVersion.SettingsJson"/>.</param>
    public static AnalysisSettings Parse(string settingsJson) =>
        JsonSerializer.Deserialize<AnalysisSettings>(settingsJson, Json) ?? throw new JsonException("Stored settings are empty.");
}
