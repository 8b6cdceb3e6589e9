using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Housekeeping;

/// <summary>
/// Restores a backup in two steps: it is unpacked and checked while the program works, and takes the place of the present data at the next
/// start, before anything has opened them. What it replaces is backed up first. A kill at any moment leaves either the old or the new state.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="audit">Keeps who asked for it.</param>
/// <param name="contexts">Knows this program's layouts of the database.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class StagedRestore(DataFolder folder, AuditLog audit, IDbContextFactory<DashboardDbContext> contexts, TimeProvider clock, ILogger<StagedRestore> logger)
{
    private readonly Lock _gate = new();

    /// <summary>Whether a backup takes the place of the present data at the next start.</summary>
    public bool IsWaiting => Directory.Exists(folder.RestoreFolder);

    /// <summary>Unpacks and checks a backup for the next start, and keeps who asked for it. Takes the place of one that was waiting.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="by">Who.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="cancellationToken">Gives up; nothing stays.</param>
    /// <exception cref="BackupException">It cannot be used.</exception>
    public async Task StageAsync(string path, Actor by, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        await Task.Run(() => Stage(path, progress, cancellationToken), cancellationToken);
        await audit.AppendAsync(AuditAction.Backup, $"Backup {Path.GetFileName(path)} is to be restored at the next start", by, CancellationToken.None);
    }

    /// <summary>Forgets the backup that was waiting; the present data stay.</summary>
    /// <param name="by">Who.</param>
    public async Task DiscardAsync(Actor by)
    {
        by.Require(AccountRole.Administrator);
        Discard();
        await audit.AppendAsync(AuditAction.Backup, "The backup that waited to be restored was discarded", by);
    }

    /// <summary>Unpacks and checks a backup for the next start. Takes the place of one that was waiting.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="cancellationToken">Gives up; nothing stays.</param>
    /// <exception cref="BackupException">It cannot be used.</exception>
    internal BackupManifest Stage(string path, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var part = folder.RestoreFolder + ".part";
            Remove(part);
            var manifest = BackupReader.Extract(path, part, progress, cancellationToken);
            try
            {
                CheckDatabase(Path.Combine(part, BackupLayout.Database), Path.GetFileName(path));
            }
            catch
            {
                Remove(part);
                throw;
            }

            Discard();
            Directory.Move(part, folder.RestoreFolder);
            return manifest;
        }
    }

    private void Discard() => Remove(folder.RestoreFolder);

    /// <summary>Puts a waiting backup in force. Call before anything opens the database.</summary>
    /// <returns>Where the data are that it replaced; null when none was waiting.</returns>
    /// <exception cref="StartupException">The data could not be replaced; the old ones are still in force.</exception>
    public string? Apply()
    {
        Remove(folder.RestoreFolder + ".part");
        if (!IsWaiting)
        {
            return null;
        }

        try
        {
            var replaced = Path.Combine(folder.BackupsFolder, $"before-restore-{clock.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}.zip");
            if (File.Exists(folder.DatabasePath))
            {
                BackupWriter.Write(folder.DatabasePath, folder.OriginalsFolder, replaced, clock.GetUtcNow().UtcDateTime);
            }

            Replace();
            LogRestored(logger, replaced);
            return replaced;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BackupException)
        {
            throw new StartupException($"The backup that waits in {folder.RestoreFolder} could not be put in force ({exception.Message}): mend this, or delete that folder to keep the present data.", exception);
        }
    }

    // Each part moves only while it is still in the waiting folder: a start after a kill goes on where this one stopped.
    private void Replace()
    {
        // The backup knows nothing of sign-ins that ended since: with other keys no cookie from before is worth anything.
        foreach (var key in Directory.EnumerateFiles(folder.KeysFolder))
        {
            File.Delete(key);
        }

        var (database, originals) = (Path.Combine(folder.RestoreFolder, BackupLayout.Database), Path.Combine(folder.RestoreFolder, BackupLayout.Originals));
        if (Directory.Exists(originals))
        {
            Remove(folder.OriginalsFolder);
            Directory.Move(originals, folder.OriginalsFolder);
        }

        if (File.Exists(database))
        {
            foreach (var log in (string[])["-wal", "-shm"])
            {
                File.Delete(folder.DatabasePath + log);
            }

            File.Move(database, folder.DatabasePath, overwrite: true);
        }

        Remove(folder.RestoreFolder);
    }

    private void CheckDatabase(string path, string name)
    {
        try
        {
            using var connection = SqliteFile.Open(path, SqliteOpenMode.ReadWrite);
            if (connection.Run("PRAGMA integrity_check") is not ["ok"])
            {
                throw new BackupException($"The database in {name} is damaged: choose another backup.");
            }

            using var context = contexts.CreateDbContext();
            var unknown = connection.Run("SELECT MigrationId FROM __EFMigrationsHistory").Except(context.Database.GetMigrations()).ToList();
            if (unknown.Count > 0)
            {
                throw new BackupException($"The backup {name} was taken by a newer program, whose database this one cannot read: update this program first.");
            }
        }
        catch (SqliteException exception)
        {
            throw new BackupException($"{name} holds no database of MaskDashboard: choose a file that the dashboard made.", exception);
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A backup was put in force; the data that it replaced are in {Path}")]
    private static partial void LogRestored(ILogger logger, string path);
}
