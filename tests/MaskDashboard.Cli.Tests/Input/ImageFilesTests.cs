using MaskDashboard.Cli.Input;

namespace MaskDashboard.Cli.Tests.Input;

public sealed class ImageFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Folder_GivesImagesBelowItInOrder()
    {
        foreach (var name in (string[])["b.jpg", "a.PNG", "sub/c.webp", "notes.txt", "sub/deep/d.jpeg", ".hidden.jpg"])
        {
            _folder.File(name);
        }

        var files = ImageFiles.Find([_folder.Path]);

        Assert.Equal(["a.PNG", "b.jpg", Path.Combine("sub", "c.webp"), Path.Combine("sub", "deep", "d.jpeg")], files.Select(file => file.RelativePath));
    }

    [Fact]
    public void Find_FileNamedTwice_IsTakenOnce()
    {
        var path = _folder.File("a.jpg");

        Assert.Equal(new ImageFile(path, "a.jpg"), Assert.Single(ImageFiles.Find([path, _folder.Path, path])));
    }

    [Fact]
    public void Find_FileWithOtherName_IsTakenAndLeftToItsContent() =>
        Assert.Single(ImageFiles.Find([_folder.File("photo.data")]));

    [Fact]
    public void Find_MissingPath_NamesIt()
    {
        var missing = Path.Combine(_folder.Path, "nowhere");

        Assert.Equal($"{missing}: no such file or folder.", Assert.Throws<InputException>(() => ImageFiles.Find([missing])).Message);
    }

    [Fact]
    public void Find_EmptyFolder_SaysWhatAnImageIs() =>
        Assert.Contains(".jpg", Assert.Throws<InputException>(() => ImageFiles.Find([_folder.Path])).Message, StringComparison.Ordinal);
}
