using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaskDashboard.Storage;

/// <summary>Makes SQLite overwrite what is deleted with zeros, on every connection; by default it only forgets where it was.</summary>
internal sealed class OverwritesDeletedContent : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA secure_delete=ON";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>
/// Removes what deleted rows leave beside the database: the write-ahead log still holds the pages as they were, and so do the copies
/// that the program itself took before it changed the database's layout.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="folder">The data folder.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class DeletedContent(IDbContextFactory<DashboardDbContext> contexts, DataFolder folder, TimeProvider clock, ILogger<DeletedContent> logger)
{
    private const int Attempts = 100;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Writes the log's pages into the database and cuts the log to nothing. Waits up to ten seconds for those who still read an older state.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the log is empty; if not, the next deletion or start empties it.</returns>
    public async Task<bool> EmptyLogAsync(CancellationToken cancellationToken = default)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
            {
                await context.Database.OpenConnectionAsync(cancellationToken);
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                if (await reader.ReadAsync(cancellationToken) && reader.GetInt64(0) == 0)
                {
                    return true;
                }
            }

            await Task.Delay(s_pause, clock, cancellationToken);
        }

        LogNotEmptied(logger);
        return false;
    }

    /// <summary>Deletes images from the copies that were taken before the database's layout changed. Copies that people take are theirs.</summary>
    /// <param name="hashes">The images' SHA-256.</param>
    public void DeleteFromLayoutBackups(IReadOnlyCollection<string> hashes)
    {
        foreach (var path in Directory.EnumerateFiles(folder.BackupsFolder, DataFolder.LayoutBackupPattern))
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, ForeignKeys = true }.ConnectionString);
            connection.Open();
            Execute(connection, "PRAGMA secure_delete=ON");
            Execute(connection, "DELETE FROM Images WHERE Sha256 IN (SELECT value FROM json_each($hashes))", ("$hashes", System.Text.Json.JsonSerializer.Serialize(hashes)));
            // Copies from the time before the audit log was append-only still name uploads by file.
            if (Execute(connection, "SELECT 1 FROM sqlite_master WHERE name = 'AuditEntries_NoUpdate'") is null)
            {
                Execute(connection, "UPDATE AuditEntries SET Details = substr(Details, 1, instr(Details, ':') - 1) WHERE Action = 3 AND instr(Details, ':') > 0");
            }
        }
    }

    private static object? Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteScalar();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's log could not be emptied after a deletion, because something reads all the time; the next deletion or start empties it")]
    private static partial void LogNotEmptied(ILogger logger);
}
