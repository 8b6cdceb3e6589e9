using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaskDashboard.Storage;
using Microsoft.Data.Sqlite;

namespace MaskDashboard.Housekeeping;

/// <summary>Takes backups; <see cref="BackupLayout"/> says what is in them.</summary>
public static class BackupWriter
{
    private static readonly string ProgramVersion =
        typeof(BackupWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Takes a backup, also while the program works: the state of one moment, in which nobody waits for it.</summary>
    /// <param name="databasePath">The database.</param>
    /// <param name="originalsFolder">The originals.</param>
    /// <param name="target">The file to make; it appears whole or not at all.</param>
    /// <param name="nowUtc">The present.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="cancellationToken">Gives up; nothing stays.</param>
    /// <exception cref="BackupException">There is nothing to back up, or the file cannot be written.</exception>
    public static BackupManifest Write(
        string databasePath, string originalsFolder, string target, DateTime nowUtc, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(databasePath))
        {
            throw new BackupException($"There is no database at {databasePath}: set Data:Folder to the dashboard's data folder.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new BackupException($"There is no folder {Path.GetDirectoryName(target)}: make it, or name another place for the backup.");
        }

        var (snapshot, part) = (target + ".db.part", target + ".part");
        try
        {
            OwnerOnly.CreateFile(snapshot).Dispose(); // VACUUM INTO takes an empty file, and leaves its rights as they are
            CopyDatabase(databasePath, snapshot);
            BackupManifest manifest;
            using (var file = OwnerOnly.CreateFile(part))
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                manifest = WriteEntries(new ArchiveWriter(zip), snapshot, databasePath, originalsFolder, nowUtc, progress, cancellationToken);
            }

            File.Move(part, target, overwrite: false);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new BackupException($"The backup {target} could not be written ({exception.Message}): check the free space and the rights of its folder.", exception);
        }
        finally
        {
            File.Delete(snapshot);
            File.Delete(part);
        }
    }

    private static BackupManifest WriteEntries(
        ArchiveWriter writer, string snapshot, string databasePath, string originalsFolder, DateTime nowUtc, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        using var copy = SqliteFile.Open(snapshot, SqliteOpenMode.ReadWrite);
        copy.Run("PRAGMA secure_delete=ON");
        var hashes = copy.Run("SELECT Sha256 FROM Images WHERE HasOriginal = 1 ORDER BY Sha256");
        var missing = new List<string>();
        for (var index = 0; index < hashes.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hash = hashes[index];
            if (!writer.TryAdd($"{BackupLayout.Originals}/{hash[..2]}/{hash}", Path.Combine(originalsFolder, hash[..2], hash), CompressionLevel.NoCompression))
            {
                missing.Add(hash);
            }

            progress?.Report(new BackupProgress(index + 1, hashes.Count + 1));
        }

        Forget(copy, databasePath, missing);
        var images = copy.Run("SELECT count(*) FROM Images")[0];
        copy.Close();
        writer.TryAdd(BackupLayout.Database, snapshot, CompressionLevel.Fastest);
        var manifest = new BackupManifest(
            BackupLayout.Format, nowUtc, ProgramVersion, int.Parse(images, CultureInfo.InvariantCulture), hashes.Count - missing.Count);
        writer.Add(BackupLayout.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, BackupLayout.Json));
        writer.Add(BackupLayout.Sums, Encoding.ASCII.GetBytes(writer.Sums));
        progress?.Report(new BackupProgress(hashes.Count + 1, hashes.Count + 1));
        return manifest;
    }

    // An image that was deleted while the backup ran is not to live on in it; one whose file is gone for another reason keeps its result.
    private static void Forget(SqliteConnection copy, string databasePath, List<string> missing)
    {
        if (missing.Count == 0)
        {
            return;
        }

        using var live = SqliteFile.Open(databasePath, SqliteOpenMode.ReadOnly);
        foreach (var hash in missing)
        {
            var isThere = live.Run("SELECT 1 FROM Images WHERE Sha256 = $value", hash).Count > 0;
            copy.Run(isThere ? "UPDATE Images SET HasOriginal = 0 WHERE Sha256 = $value" : "DELETE FROM Images WHERE Sha256 = $value", hash);
        }
    }

    private static void CopyDatabase(string databasePath, string target)
    {
        using var connection = SqliteFile.Open(databasePath, SqliteOpenMode.ReadOnly);
        // Reads one state of the database; with write-ahead logging nobody who writes has to wait.
        connection.Run("VACUUM INTO $value", target);
    }

    /// <summary>Adds files and notes their check sums.</summary>
    private sealed class ArchiveWriter(ZipArchive zip)
    {
        private readonly StringBuilder _sums = new();

        public string Sums => _sums.ToString();

        public bool TryAdd(string name, string path, CompressionLevel level)
        {
            FileStream source;
            try
            {
                source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                return false;
            }

            using (source)
            using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            using (var target = zip.CreateEntry(name, level).Open())
            {
                var buffer = new byte[1 << 16];
                int count;
                while ((count = source.Read(buffer)) > 0)
                {
                    hash.AppendData(buffer, 0, count);
                    target.Write(buffer, 0, count);
                }

                Note(name, hash.GetHashAndReset());
                return true;
            }
        }

        public void Add(string name, byte[] content)
        {
            using (var target = zip.CreateEntry(name, CompressionLevel.Optimal).Open())
            {
                target.Write(content);
            }

            Note(name, SHA256.HashData(content));
        }

        private void Note(string name, byte[] sum)
        {
            if (name != BackupLayout.Sums)
            {
                _sums.Append(Convert.ToHexStringLower(sum)).Append("  ").Append(name).Append('\n');
            }
        }
    }
}
