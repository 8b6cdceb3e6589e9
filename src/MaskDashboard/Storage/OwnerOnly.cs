namespace MaskDashboard.Storage;

/// <summary>Files and folders that only their owner may read.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = ReadWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder where it is missing, and takes it from others where it is not.</summary>
    /// <param name="path">The folder.</param>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
            File.SetUnixFileMode(path, Folder);
        }
    }

    /// <summary>Makes a file, or empties the one that is there.</summary>
    /// <param name="path">The file.</param>
    public static FileStream CreateFile(string path) => Create(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write });

    /// <summary>Makes a file to write and read, which is gone when it is closed.</summary>
    /// <param name="path">The file.</param>
    public static FileStream CreatePassingFile(string path) =>
        Create(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });

    private static FileStream Create(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ReadWrite;
        }

        return new FileStream(path, options);
    }
}
