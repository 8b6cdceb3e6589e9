using Microsoft.Extensions.Options;

namespace MaskDashboard.Storage;

/// <summary>The one folder that holds all data, readable by its owner only, and held by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _instanceLock;

    /// <summary>Makes the folder where it is missing and takes it for this process.</summary>
    /// <param name="options">Where.</param>
    /// <exception cref="StartupException">It cannot be made, or another process has it.</exception>
    public DataFolder(IOptions<StorageOptions> options)
    {
        Root = Path.GetFullPath(options.Value.Folder);
        try
        {
            foreach (var folder in (string[])[Root, OriginalsFolder, KeysFolder, TempFolder, BackupsFolder])
            {
                OwnerOnly.CreateFolder(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {Root} cannot be made ({exception.Message}): set Data:Folder to a folder that this account may write to.", exception);
        }

        try
        {
            _instanceLock = new FileStream(Path.Combine(Root, "instance.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StartupException($"Another dashboard is using the data folder {Root}: stop it, or set Data:Folder to another folder.", exception);
        }

        foreach (var leftover in Directory.EnumerateFiles(TempFolder))
        {
            File.Delete(leftover);
        }
    }

    /// <summary>File names of the copies taken before the database's layout changes.</summary>
    public const string LayoutBackupPattern = "before-migration-*.db";

    /// <summary>Full path of the folder.</summary>
    public string Root { get; }

    /// <summary>The database file.</summary>
    public string DatabasePath => Path.Combine(Root, "dashboard.db");

    /// <summary>Uploaded files, named by their SHA-256.</summary>
    public string OriginalsFolder => Path.Combine(Root, "originals");

    /// <summary>Keys that protect cookies.</summary>
    public string KeysFolder => Path.Combine(Root, "keys");

    /// <summary>Uploads that are still arriving; emptied at every start.</summary>
    public string TempFolder => Path.Combine(Root, "temp");

    /// <summary>Backups, and copies of the database taken before its layout changes.</summary>
    public string BackupsFolder => Path.Combine(Root, "backups");

    /// <summary>An unpacked and checked backup that takes the place of the present data at the next start; usually not there.</summary>
    public string RestoreFolder => Path.Combine(Root, "restore");

    /// <inheritdoc />
    public void Dispose() => _instanceLock.Dispose();
}

/// <summary>The program cannot start. The message is one line for the person who starts it.</summary>
/// <param name="message">What is wrong, where, what to do.</param>
/// <param name="innerException">What a library said.</param>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
