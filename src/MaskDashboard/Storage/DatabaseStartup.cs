using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Storage;

/// <summary>Brings the database to the layout of this program before anything else uses it, and mends what a killed process left.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="folder">The data folder, already held by this process.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="deletedContent">Empties the log.</param>
/// <param name="logger">Log.</param>
public sealed partial class DatabaseStartup(
    IDbContextFactory<DashboardDbContext> contexts, DataFolder folder, OriginalStore originals, DeletedContent deletedContent, ILogger<DatabaseStartup> logger)
{
    /// <summary>Backs up, migrates, checks and mends.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StartupException">The database does not keep what it is told to.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var exists = File.Exists(folder.DatabasePath);
        if (exists)
        {
            // A process killed while it migrated leaves this row, and the next start would wait for ever; the instance lock says nobody migrates now.
            await context.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); DELETE FROM \"__EFMigrationsLock\"", cancellationToken);
        }

        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            if (exists)
            {
                await BackUpAsync(context, cancellationToken);
            }

            await context.Database.MigrateAsync(cancellationToken);
        }

        await NameIndex.EnsureAsync(context, cancellationToken);
        if (await RollupTriggers.EnsureAsync(context, cancellationToken))
        {
            LogRecounted(logger);
        }

        await CheckDurabilityAsync(context, cancellationToken);
        var requeued = await context.Analyses.Where(analysis => analysis.State == AnalysisState.Running)
            .ExecuteUpdateAsync(update => update.SetProperty(analysis => analysis.State, AnalysisState.Queued), cancellationToken);
        if (requeued > 0)
        {
            LogRequeued(logger, requeued);
        }

        await DeleteOrphansAsync(context, cancellationToken);
        // A program killed in the middle of a deletion leaves the deleted pages in the log.
        await deletedContent.EmptyLogAsync(cancellationToken);
    }

    private async Task BackUpAsync(DashboardDbContext context, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.BackupsFolder, $"before-migration-{DateTime.UtcNow:yyyyMMdd-HHmmss}.db");
        await context.Database.ExecuteSqlAsync($"VACUUM INTO {path}", cancellationToken);
        LogBackedUp(logger, path);
    }

    private static async Task CheckDurabilityAsync(DashboardDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT journal_mode FROM pragma_journal_mode) || '/' || (SELECT synchronous FROM pragma_synchronous)";
        if (await command.ExecuteScalarAsync(cancellationToken) is not "wal/2")
        {
            throw new StartupException("The database cannot use write-ahead logging with full synchronisation here: put Data:Folder on a local disk.");
        }
    }

    // A file that no row has is an upload that was never answered, and its sender knows that it failed; or a deletion that a kill cut short.
    private async Task DeleteOrphansAsync(DashboardDbContext context, CancellationToken cancellationToken)
    {
        var known = (await context.Images.Where(image => image.HasOriginal).Select(image => image.Sha256).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var orphan in originals.All().Where(name => !known.Contains(name)).ToList())
        {
            originals.Delete(orphan);
            LogOrphanDeleted(logger, orphan);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} analyses were running when the program stopped; they are queued again")]
    private static partial void LogRequeued(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "The figures behind the charts were counted anew")]
    private static partial void LogRecounted(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database was copied to {Path} before its layout changes")]
    private static partial void LogBackedUp(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deleted the file {Sha256}, left by an upload that was never answered or by a deletion that was cut short")]
    private static partial void LogOrphanDeleted(ILogger logger, string sha256);
}
