using System.Runtime.InteropServices;

namespace MaskDashboard.Storage;

/// <summary>Uploaded files on disk without their metadata, named by the SHA-256 of the bytes that were uploaded.</summary>
/// <param name="folder">The data folder.</param>
public sealed partial class OriginalStore(DataFolder folder)
{
    /// <summary>Where the original with a hash is, or would be.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    public string PathOf(string sha256) => Path.Combine(folder.OriginalsFolder, sha256[..2], sha256);

    /// <summary>When the file with a hash was written, UTC: once more when its faces are blurred. Some time long ago when it is gone.</summary>
    /// <param name="sha256">Its hash.</param>
    public DateTime WrittenAtUtc(string sha256) => File.GetLastWriteTimeUtc(PathOf(sha256));

    /// <summary>A path for an upload that is arriving.</summary>
    public string NewTempPath() => Path.Combine(folder.TempFolder, Guid.NewGuid().ToString("N"));

    /// <summary>Writes a whole file and flushes it, so that it can be adopted.</summary>
    /// <param name="path">Its path, see <see cref="NewTempPath"/>.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="cancellationToken">Gives up; a part of it may be there.</param>
    public async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
        await file.WriteAsync(bytes, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Moves a whole, flushed file into place so that it survives a power cut. A file that is already there stays.</summary>
    /// <param name="tempPath">The file.</param>
    /// <param name="sha256">Its hash.</param>
    public void Adopt(string tempPath, string sha256)
    {
        var target = PathOf(sha256);
        var targetFolder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(targetFolder);
        File.Move(tempPath, target, overwrite: true);
        FlushFolder(targetFolder);
        FlushFolder(folder.OriginalsFolder);
    }

    /// <summary>Removes an original; nothing happens when it is gone.</summary>
    /// <param name="sha256">Its hash.</param>
    public void Delete(string sha256) => File.Delete(PathOf(sha256));

    /// <summary>Every hash that has a file.</summary>
    public IEnumerable<string> All() => Directory.EnumerateFiles(folder.OriginalsFolder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path));

    // A rename lives in the folder: without this a power cut can lose it. Windows keeps its folders by itself.
    private static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, 0);
        if (descriptor < 0 || Fsync(descriptor) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = descriptor < 0 ? 0 : Close(descriptor);
            throw new IOException($"The folder {path} cannot be written to disk (error {error}).");
        }

        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
