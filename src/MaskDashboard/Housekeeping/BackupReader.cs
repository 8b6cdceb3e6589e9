using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MaskDashboard.Storage;

namespace MaskDashboard.Housekeeping;

/// <summary>Unpacks and checks backups; <see cref="BackupLayout"/> says what is in them.</summary>
public static partial class BackupReader
{
    /// <summary>Unpacks a backup into a new folder and checks every file.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="target">A folder that is not there yet; it is gone again when anything is wrong.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="cancellationToken">Gives up; nothing stays.</param>
    /// <exception cref="BackupException">It is no backup, damaged, or of a newer program.</exception>
    public static BackupManifest Extract(string path, string target, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var manifest = ReadManifest(zip, name);
            var sums = ReadSums(zip, name);
            OwnerOnly.CreateFolder(target);
            OwnerOnly.CreateFolder(Path.Combine(target, BackupLayout.Originals));
            var done = 0;
            foreach (var (entryName, expected) in sums)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var entry = zip.GetEntry(entryName) ?? throw new BackupException($"The backup {name} is incomplete: {entryName} is missing. Take another.");
                var file = Path.Combine(target, entryName.Replace('/', Path.DirectorySeparatorChar));
                OwnerOnly.CreateFolder(Path.GetDirectoryName(file)!);
                if (!CryptographicOperations.FixedTimeEquals(CopyHashed(entry, file), expected))
                {
                    throw new BackupException($"The backup {name} is damaged: {entryName} is not what was backed up. Take another.");
                }

                progress?.Report(new BackupProgress(++done, sums.Count));
            }

            File.Delete(Path.Combine(target, BackupLayout.Manifest));
            return manifest;
        }
        catch (Exception exception)
        {
            if (Directory.Exists(target))
            {
                Directory.Delete(target, recursive: true);
            }

            throw exception switch
            {
                InvalidDataException or JsonException or FormatException => new BackupException($"{name} is no backup of MaskDashboard, or it is damaged: choose a file that the dashboard made.", exception),
                IOException or UnauthorizedAccessException => new BackupException($"The backup {name} could not be unpacked ({exception.Message}): check the file and the free space of the data folder.", exception),
                _ => exception,
            };
        }
    }

    /// <summary>Reads what a backup says of itself, without checking the rest.</summary>
    /// <param name="path">The backup.</param>
    /// <returns>Null when it is none.</returns>
    public static BackupManifest? TryReadManifest(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return ReadManifest(zip, Path.GetFileName(path));
        }
        catch (Exception exception) when (exception is BackupException or InvalidDataException or JsonException or IOException)
        {
            return null; // listed as unreadable
        }
    }

    private static BackupManifest ReadManifest(ZipArchive zip, string name)
    {
        var entry = zip.GetEntry(BackupLayout.Manifest) ?? throw new InvalidDataException("It has no manifest.");
        using var stream = entry.Open();
        var manifest = JsonSerializer.Deserialize<BackupManifest>(stream, BackupLayout.Json) ?? throw new InvalidDataException("Its manifest is empty.");
        return manifest.Format is > 0 and <= BackupLayout.Format ? manifest : throw new BackupException($"The backup {name} was taken by a newer program ({manifest.ProgramVersion}): update this one first.");
    }

    private static List<(string Name, byte[] Sum)> ReadSums(ZipArchive zip, string name)
    {
        var entry = zip.GetEntry(BackupLayout.Sums) ?? throw new InvalidDataException("It has no check sums.");
        using var reader = new StreamReader(entry.Open(), Encoding.ASCII);
        var sums = new List<(string, byte[])>();
        while (reader.ReadLine() is { } line)
        {
            var match = SumLine().Match(line);
            if (!match.Success)
            {
                throw new InvalidDataException("Its check sums are damaged.");
            }

            sums.Add((match.Groups["name"].Value, Convert.FromHexString(match.Groups["sum"].Value)));
        }

        return sums.Exists(sum => sum.Item1 == BackupLayout.Database) ? sums : throw new BackupException($"The backup {name} holds no database: choose another.");
    }

    private static byte[] CopyHashed(ZipArchiveEntry entry, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = entry.Open();
        using var target = OwnerOnly.CreateFile(path);
        var buffer = new byte[1 << 16];
        int count;
        while ((count = source.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            target.Write(buffer, 0, count);
        }

        target.Flush(flushToDisk: true);
        return hash.GetHashAndReset();
    }

    // Nothing else may lie in an archive: a name could otherwise lead out of the folder.
    [GeneratedRegex(@"^(?<sum>[0-9a-f]{64})  (?<name>manifest\.json|dashboard\.db|originals/(?<start>[0-9a-f]{2})/\k<start>[0-9a-f]{62})$")]
    private static partial Regex SumLine();
}
