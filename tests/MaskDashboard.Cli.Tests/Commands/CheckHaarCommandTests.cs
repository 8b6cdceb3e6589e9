using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaskDashboard.Cli.Tests.Commands;

public sealed class CheckHaarCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CheckHaar_SameBoxes_Agrees()
    {
        var shell = await CheckAsync(await ReferenceAsync(shift: 0));

        Assert.Equal((ExitCode.Success, ""), (shell.ExitCode, shell.Error));
        Assert.StartsWith("1 of 1 images agree", shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckHaar_OneBoxMoved_SaysWhere()
    {
        var shell = await CheckAsync(await ReferenceAsync(shift: 1));

        Assert.Equal(ExitCode.Failed, shell.ExitCode);
        Assert.Contains("group.jpg: boxes differ", Assert.Single(shell.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckHaar_ImageNotThere_Fails()
    {
        var reference = _folder.File("reference.json", """{"scaleFactor": 1.1, "minNeighbors": 4, "MIN_DISTANCE": 130, "images": {"nobody": {"faces": [], "too_close": []}}}""");

        var shell = await CheckAsync(reference);

        Assert.Equal(ExitCode.Failed, shell.ExitCode);
        Assert.Contains("nobody", Assert.Single(shell.ErrorLines), StringComparison.Ordinal);
    }

    // The photographs of val stand for all: the engine's own tests go through all 553.
    [SkippableFact]
    public async Task CheckHaar_NotebooksPhotographs_AllAgree()
    {
        var file = Path.Combine(Repository.Shared, "reference", "haar-notebook.json");
        var photographs = Path.Combine(Repository.Shared, "data", "face-mask-detection", "val", "images");
        Skip.IfNot(File.Exists(file) && Directory.Exists(photographs), "The notebook's photographs are not on this machine.");
        var reference = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var images = reference["images"]!.AsObject();
        foreach (var name in images.Where(image => (string?)image.Value!["split"] != "val").Select(image => image.Key).ToList())
        {
            images.Remove(name);
        }

        var shell = await Shell.RunAsync("check-haar", "--images", photographs, "--reference", _folder.File("reference.json", reference.ToJsonString()), "--models", Repository.Models);

        Assert.Equal(ExitCode.Success, shell.ExitCode);
        Assert.StartsWith("100 of 100 images agree", shell.Out, StringComparison.Ordinal);
    }

    private static Task<Shell> CheckAsync(string reference) =>
        Shell.RunAsync("check-haar", "--images", Repository.Samples, "--reference", reference, "--models", Repository.Models);

    /// <summary>A reference made of what the engine finds in a sample, its first box moved by some pixels.</summary>
    private async Task<string> ReferenceAsync(int shift)
    {
        var shell = await Shell.RunAsync("analyze", Repository.Sample("group.jpg"), "--detector", "haar", "--json", "--models", Repository.Models);
        var faces = shell.Json[0].GetProperty("faces").EnumerateArray().ToList();
        Assert.NotEmpty(faces);
        var boxes = faces.Select((face, i) => new[] { "x", "y", "width", "height" }
            .Select(name => face.GetProperty(name).GetInt32() + (i == 0 && name == "x" ? shift : 0)).ToArray());
        var tooClose = faces.Select(face => face.GetProperty("tooClose").GetBoolean() ? 1 : 0);
        return _folder.File("reference.json", $$"""
            {"scaleFactor": 1.1, "minNeighbors": 4, "MIN_DISTANCE": 130, "images": {"group": {"faces": {{JsonSerializer.Serialize(boxes)}}, "too_close": {{JsonSerializer.Serialize(tooClose)}} } } }
            """);
    }
}
