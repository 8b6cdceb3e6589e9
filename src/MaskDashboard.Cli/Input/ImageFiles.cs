namespace MaskDashboard.Cli.Input;

/// <summary>An image file to work on.</summary>
/// <param name="Path">Its path, as given or below the folder given.</param>
/// <param name="RelativePath">Its path below the folder it was found in, or its name: where its output goes.</param>
public sealed record ImageFile(string Path, string RelativePath);

/// <summary>Turns the files and folders of a command line into image files.</summary>
public static class ImageFiles
{
    private static readonly HashSet<string> s_extensions = new(StringComparer.OrdinalIgnoreCase) { ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp" };

    /// <summary>
    /// Lists image files. A file named on the command line is taken whatever its name, and judged by its content when it is read;
    /// a folder is searched with everything below it for .jpg, .jpeg, .jpe, .jfif, .png and .webp, hidden files left out, in ordinal order of their paths.
    /// A file that is named twice is taken once.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <exception cref="InputException">A path does not exist, or there is no image at all.</exception>
    public static IReadOnlyList<ImageFile> Find(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = paths.SelectMany(FindIn).Where(file => seen.Add(System.IO.Path.GetFullPath(file.Path))).ToList();
        return found.Count > 0
            ? found
            : throw new InputException("No image found; images are files ending in .jpg, .jpeg, .png or .webp.");
    }

    private static IEnumerable<ImageFile> FindIn(string path)
    {
        if (File.Exists(path))
        {
            return [new ImageFile(path, System.IO.Path.GetFileName(path))];
        }

        if (!Directory.Exists(path))
        {
            throw new InputException($"{path}: no such file or folder.");
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        return Directory.EnumerateFiles(path, "*", options)
            .Where(file => s_extensions.Contains(System.IO.Path.GetExtension(file)))
            .Order(StringComparer.Ordinal)
            .Select(file => new ImageFile(file, System.IO.Path.GetRelativePath(path, file)));
    }
}
