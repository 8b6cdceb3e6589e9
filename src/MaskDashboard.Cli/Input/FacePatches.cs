using System.IO.Compression;

namespace MaskDashboard.Cli.Input;

/// <summary>An image that is one face.</summary>
/// <param name="Name">Its name within the zip file or folder.</param>
/// <param name="IsMask">Whether it lies in <c>WithMask/</c>.</param>
/// <param name="Content">The file, still encoded.</param>
public sealed record FacePatch(string Name, bool IsMask, byte[] Content);

/// <summary>Face images in folders <c>WithMask/</c> and <c>WithoutMask/</c>, on disk or in a zip file that is read without unpacking.</summary>
public sealed class FacePatches
{
    private const string MaskFolder = "WithMask";
    private const string NoMaskFolder = "WithoutMask";
    private const long MaxPatchBytes = 25L << 20;
    private readonly Func<IEnumerable<FacePatch>> _read;

    private FacePatches(int count, Func<IEnumerable<FacePatch>> read)
    {
        Count = count;
        _read = read;
    }

    /// <summary>How many images there are.</summary>
    public int Count { get; }

    /// <summary>The images one after the other, by name.</summary>
    public IEnumerable<FacePatch> Read() => _read();

    /// <summary>Opens a zip file.</summary>
    /// <exception cref="InputException">Not a zip file, or it has no such folders.</exception>
    public static FacePatches OpenZip(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file.");
        }

        try
        {
            using var archive = ZipFile.OpenRead(path);
            var count = archive.Entries.Count(entry => ClassOf(entry.FullName) is not null);
            return NotEmpty(new FacePatches(count, () => ReadZip(path)), path);
        }
        catch (InvalidDataException)
        {
            throw new InputException($"{path}: not a zip file, or a damaged one.");
        }
    }

    /// <summary>Opens a folder.</summary>
    /// <exception cref="InputException">No such folder, or it has no images in such folders.</exception>
    public static FacePatches OpenFolder(string path)
    {
        var files = ImageFiles.Find([path]).Where(file => ClassOf(file.RelativePath) is not null).ToList();
        return NotEmpty(new FacePatches(files.Count, () => files.Select(file =>
            new FacePatch(file.RelativePath, ClassOf(file.RelativePath)!.Value, File.ReadAllBytes(file.Path)))), path);
    }

    private static FacePatches NotEmpty(FacePatches patches, string path) => patches.Count > 0
        ? patches
        : throw new InputException($"{path}: no images in folders {MaskFolder}/ and {NoMaskFolder}/.");

    private static IEnumerable<FacePatch> ReadZip(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries.Where(entry => ClassOf(entry.FullName) is not null).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            if (entry.Length > MaxPatchBytes)
            {
                throw new InputException($"{path}: {entry.FullName} has {entry.Length} bytes, more than an image of one face may have ({MaxPatchBytes}).");
            }

            var content = new byte[entry.Length];
            using var stream = entry.Open();
            stream.ReadExactly(content);
            yield return new FacePatch(entry.FullName, ClassOf(entry.FullName)!.Value, content);
        }
    }

    // The folder the image lies in decides, wherever that folder is.
    private static bool? ClassOf(string name)
    {
        var parts = name.Split('/', '\\');
        return parts is [.., var folder, { Length: > 0 }]
            ? folder switch { MaskFolder => true, NoMaskFolder => false, _ => null }
            : null;
    }
}
