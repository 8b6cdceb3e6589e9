using MaskDashboard.Accounts;
using MaskDashboard.Storage;

namespace MaskDashboard.Housekeeping;

/// <summary>A backup in the data folder.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Manifest">What it says of itself; null when it cannot be read.</param>
public sealed record StoredBackup(string Name, long Bytes, BackupManifest? Manifest);

/// <summary>The backups in the data folder: taken, brought by hand, listed, deleted. One is taken at a time.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="audit">Keeps who did what.</param>
/// <param name="clock">The time.</param>
public sealed class BackupStore(DataFolder folder, AuditLog audit, TimeProvider clock) : IDisposable
{
    private const string Pattern = "*.zip";
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>All backups, newest first.</summary>
    public IReadOnlyList<StoredBackup> List() =>
    [
        .. new DirectoryInfo(folder.BackupsFolder).EnumerateFiles(Pattern)
            .Select(file => new StoredBackup(file.Name, file.Length, BackupReader.TryReadManifest(file.FullName)))
            .OrderByDescending(backup => backup.Manifest?.TakenAtUtc ?? DateTime.MinValue).ThenBy(backup => backup.Name, StringComparer.Ordinal),
    ];

    /// <summary>Where a backup is.</summary>
    /// <param name="name">Its file name.</param>
    /// <returns>Null when there is no backup of that name.</returns>
    public string? Find(string name) => Directory.EnumerateFiles(folder.BackupsFolder, Pattern).SingleOrDefault(path => Path.GetFileName(path) == name);

    /// <summary>Takes a backup while the program works.</summary>
    /// <param name="by">Who.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="cancellationToken">Gives up; nothing stays.</param>
    /// <exception cref="BackupException">It could not be written.</exception>
    public async Task<string> TakeAsync(Actor by, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var name = $"mask-dashboard-{now:yyyyMMdd-HHmmss}.zip";
            var manifest = await Task.Run(
                () => BackupWriter.Write(folder.DatabasePath, folder.OriginalsFolder, Path.Combine(folder.BackupsFolder, name), now, progress, cancellationToken), cancellationToken);
            await audit.AppendAsync(AuditAction.Backup, $"Backup {name} taken: {manifest.Images} images", by, CancellationToken.None);
            return name;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Keeps a backup that somebody brings from elsewhere.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up; nothing stays.</param>
    /// <exception cref="BackupException">It is no backup, or it does not fit on the disk.</exception>
    public async Task<string> BringAsync(Stream content, Actor by, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        var temp = Path.Combine(folder.TempFolder, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = OwnerOnly.CreateFile(temp))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            var manifest = BackupReader.TryReadManifest(temp)
                ?? throw new BackupException("The file is no backup of MaskDashboard, or a newer program took it: choose a file that this dashboard's Back up made.");
            var name = $"brought-{clock.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}.zip";
            File.Move(temp, Path.Combine(folder.BackupsFolder, name));
            await audit.AppendAsync(AuditAction.Backup, $"Backup {name} brought: {manifest.Images} images as of {manifest.TakenAtUtc:u}", by, CancellationToken.None);
            return name;
        }
        catch (IOException exception)
        {
            throw new BackupException($"The backup could not be stored ({exception.Message}): check the free space of the data folder.", exception);
        }
        finally
        {
            File.Delete(temp);
        }
    }

    /// <summary>Deletes a backup; nothing happens when it is gone.</summary>
    /// <param name="name">Its file name.</param>
    /// <param name="by">Who.</param>
    public async Task DeleteAsync(string name, Actor by)
    {
        by.Require(AccountRole.Administrator);
        if (Find(name) is { } path)
        {
            File.Delete(path);
            await audit.AppendAsync(AuditAction.Backup, $"Backup {name} deleted", by);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();
}
