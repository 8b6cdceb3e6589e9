using System.IO.Compression;
using MaskDashboard.Cli.Input;

namespace MaskDashboard.Cli.Tests.Input;

public sealed class FacePatchesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenZip_Folders_TellTheClass()
    {
        var path = Zip("Validation/WithMask/1.jpg", "Validation/WithoutMask/2.jpg", "WithMask/", "README.txt", "Other/3.jpg");

        var patches = FacePatches.OpenZip(path);

        Assert.Equal(2, patches.Count);
        Assert.Equal([("Validation/WithMask/1.jpg", true), ("Validation/WithoutMask/2.jpg", false)], patches.Read().Select(patch => (patch.Name, patch.IsMask)));
        Assert.Equal("Validation/WithMask/1.jpg"u8.ToArray(), patches.Read().First().Content);
    }

    [Fact]
    public void OpenFolder_Folders_TellTheClass()
    {
        _folder.File("set/WithMask/1.jpg", "x");
        _folder.File("set/WithoutMask/2.png", "y");

        var patches = FacePatches.OpenFolder(Path.Combine(_folder.Path, "set"));

        Assert.Equal([true, false], patches.Read().Select(patch => patch.IsMask));
    }

    [Fact]
    public void OpenZip_WithoutTheFolders_SaysWhichAreMissing() =>
        Assert.Contains("WithMask/ and WithoutMask/", Assert.Throws<InputException>(() => FacePatches.OpenZip(Zip("a/1.jpg"))).Message, StringComparison.Ordinal);

    [Fact]
    public void OpenZip_NotAZip_SaysSo() =>
        Assert.Contains("not a zip file", Assert.Throws<InputException>(() => FacePatches.OpenZip(_folder.File("a.zip", "hello"))).Message, StringComparison.Ordinal);

    [Fact]
    public void OpenZip_Missing_SaysSo() =>
        Assert.Contains("no such file", Assert.Throws<InputException>(() => FacePatches.OpenZip(Path.Combine(_folder.Path, "no.zip"))).Message, StringComparison.Ordinal);

    private string Zip(params string[] names)
    {
        var path = Path.Combine(_folder.Path, "patches.zip");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var name in names)
        {
            using var stream = archive.CreateEntry(name).Open();
            stream.Write(System.Text.Encoding.UTF8.GetBytes(name.EndsWith('/') ? "" : name));
        }

        return path;
    }
}
