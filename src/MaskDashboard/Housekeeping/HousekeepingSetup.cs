using MaskDashboard.Accounts;

namespace MaskDashboard.Housekeeping;

/// <summary>Adds backups, restoring and retention.</summary>
public static class HousekeepingSetup
{
    /// <summary>Adds backups, restoring and retention.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddHousekeeping(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BackupStore>();
        builder.Services.AddSingleton<StagedRestore>();
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddSingleton<StoredPartsReader>();
        builder.Services.AddSingleton<ImageArchive>();
        builder.Services.AddHostedService<RetentionWorker>();
        return builder;
    }

    /// <summary>Maps <c>/admin/backups/{name}</c>, the download of a backup.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapHousekeeping(this WebApplication app)
    {
        app.MapGet("/admin/backups/{name}", (string name, BackupStore backups) =>
            backups.Find(name) is { } path ? Results.File(path, "application/zip", name, enableRangeProcessing: true) : Results.NotFound()).RequireAuthorization(Policies.Administrator);
        return app;
    }
}
