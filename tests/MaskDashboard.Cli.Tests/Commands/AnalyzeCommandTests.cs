using System.Text.Json;

namespace MaskDashboard.Cli.Tests.Commands;

public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Analyze_Json_HasTheNamesThatProgramsReadBy()
    {
        var shell = await Shell.RunAsync("analyze", Repository.Sample("two-too-close.jpg"), "--json", "--models", Repository.Models);

        Assert.Equal((ExitCode.Success, ""), (shell.ExitCode, shell.Error));
        var image = Assert.Single(shell.Json.EnumerateArray());
        Assert.Equal((Repository.Sample("two-too-close.jpg"), "yunet"), (image.GetProperty("file").GetString(), image.GetProperty("detector").GetString()));
        Assert.True(image.GetProperty("width").GetInt32() > 0 && image.GetProperty("height").GetInt32() > 0);
        Assert.InRange(image.GetProperty("compliance").GetDouble(), 0, 1);
        var faces = image.GetProperty("faces").EnumerateArray().ToList();
        Assert.Equal(2, faces.Count);
        Assert.All(faces, face =>
        {
            Assert.True(face.GetProperty("tooClose").GetBoolean());
            Assert.Contains(face.GetProperty("label").GetString(), (string[])["Mask", "No mask", "Uncertain"]);
            foreach (var name in (string[])["x", "y", "width", "height", "score", "detectorScore", "maskProbability", "noMaskProbability", "nearestPixelsTopLeft", "nearestPixelsCentre", "nearestMetres"])
            {
                Assert.Equal(JsonValueKind.Number, face.GetProperty(name).ValueKind);
            }
        });
    }

    [Fact]
    public async Task Analyze_OneFace_HasNoDistance()
    {
        var shell = await Shell.RunAsync("analyze", Repository.Sample("one-bare.png"), "--json", "--models", Repository.Models);

        var face = Assert.Single(Assert.Single(shell.Json.EnumerateArray()).GetProperty("faces").EnumerateArray());
        Assert.False(face.GetProperty("tooClose").GetBoolean());
        Assert.Equal(JsonValueKind.Null, face.GetProperty("nearestPixelsTopLeft").ValueKind);
        Assert.Equal("No mask", face.GetProperty("label").GetString());
    }

    [Fact]
    public async Task Analyze_NoFace_IsEmptyWithoutCompliance()
    {
        var shell = await Shell.RunAsync("analyze", Repository.Sample("empty-room.webp"), "--json", "--models", Repository.Models);

        var image = Assert.Single(shell.Json.EnumerateArray());
        Assert.Empty(image.GetProperty("faces").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, image.GetProperty("compliance").ValueKind);
    }

    [Fact]
    public async Task Analyze_SomeBadFiles_NamesEachAndGoesOn()
    {
        File.Copy(Repository.Sample("one-bare.png"), Path.Combine(_folder.Path, "b.png"));
        _folder.File("a.jpg", "not an image");
        _folder.File("c.jpg");

        var shell = await Shell.RunAsync("analyze", _folder.Path, "--json", "--models", Repository.Models);

        Assert.Equal(ExitCode.Failed, shell.ExitCode);
        Assert.EndsWith("b.png", Assert.Single(shell.Json.EnumerateArray()).GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, shell.ErrorLines.Length);
        Assert.StartsWith($"maskdashboard: {Path.Combine(_folder.Path, "a.jpg")}: ", shell.ErrorLines[0], StringComparison.Ordinal);
        Assert.StartsWith($"maskdashboard: {Path.Combine(_folder.Path, "c.jpg")}: ", shell.ErrorLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_Haar_IsNamedAndHasScoreOne()
    {
        var shell = await Shell.RunAsync("analyze", Repository.Sample("group.jpg"), "--json", "--detector", "haar", "--models", Repository.Models);

        var image = Assert.Single(shell.Json.EnumerateArray());
        Assert.Equal("haar", image.GetProperty("detector").GetString());
        Assert.NotEmpty(image.GetProperty("faces").EnumerateArray());
        Assert.All(image.GetProperty("faces").EnumerateArray(), face => Assert.Equal(1, face.GetProperty("score").GetDouble()));
    }

    [Theory]
    [InlineData("pixels-top-left", "1", false)]
    [InlineData("pixels-centre", "5000", true)]
    [InlineData("metres", "20", true)]
    public async Task Analyze_DistanceRule_DecidesWhoIsTooClose(string rule, string minDistance, bool tooClose)
    {
        var shell = await Shell.RunAsync(
            "analyze", Repository.Sample("two-too-close.jpg"), "--json", "--distance-rule", rule, "--min-distance", minDistance, "--models", Repository.Models);

        Assert.All(shell.Json[0].GetProperty("faces").EnumerateArray(), face => Assert.Equal(tooClose, face.GetProperty("tooClose").GetBoolean()));
    }

    [Fact]
    public async Task Analyze_Annotated_WritesAPictureForEachAndKeepsNamesApart()
    {
        File.Copy(Repository.Sample("one-bare.png"), _folder.File("in/a.png"), overwrite: true);
        File.Copy(Repository.Sample("two-too-close.jpg"), _folder.File("in/a.jpg"), overwrite: true);
        File.Copy(Repository.Sample("group.jpg"), _folder.File("in/sub/b.jpg"), overwrite: true);
        var output = Path.Combine(_folder.Path, "out");

        var shell = await Shell.RunAsync("analyze", Path.Combine(_folder.Path, "in"), "--annotated", output, "--models", Repository.Models);

        Assert.Equal(ExitCode.Success, shell.ExitCode);
        var files = Directory.GetFiles(output, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(output, file)).Order(StringComparer.Ordinal);
        Assert.Equal(["a-2.jpg", "a.jpg", Path.Combine("sub", "b.jpg")], files);
        Assert.Contains("3 images", shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_AnnotatedIntoTheSourceFolder_RefusesToOverwrite()
    {
        var photograph = Path.Combine(_folder.Path, "a.jpg");
        File.Copy(Repository.Sample("one-bare.png"), photograph);
        var before = File.ReadAllBytes(photograph);

        var shell = await Shell.RunAsync("analyze", _folder.Path, "--annotated", _folder.Path, "--models", Repository.Models);

        Assert.Equal(ExitCode.Usage, shell.ExitCode);
        Assert.Contains("would overwrite", shell.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(photograph));
    }

    [Fact]
    public async Task Analyze_Table_ShowsFacesOfASinglePhotograph()
    {
        var shell = await Shell.RunAsync("analyze", Repository.Sample("two-too-close.jpg"), "--models", Repository.Models);

        Assert.Contains("nearest corner", shell.Out, StringComparison.Ordinal);
        Assert.Contains("two-too-close.jpg", shell.Out, StringComparison.Ordinal);
    }
}
