using MaskDashboard.Cli.Output;

namespace MaskDashboard.Cli.Tests.Output;

public sealed class JsonOutputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_Record_IsCamelCaseAndRounded() => Assert.Equal(
        "{\"ap50\":0.333333,\"nearestMetres\":null,\"<16\":1.5}",
        JsonOutput.Text(new Dictionary<string, double?> { ["ap50"] = 1 / 3.0, ["nearestMetres"] = null, ["<16"] = 1.5f }).Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));

    [Fact]
    public void Write_Dash_GoesToStandardOutput()
    {
        var output = new StringWriter();

        JsonOutput.Write(new[] { 1, 2 }, "-", output);

        Assert.Equal([1, 2], System.Text.Json.JsonSerializer.Deserialize<int[]>(output.ToString())!);
    }

    [Fact]
    public void Write_Path_MakesFoldersAndLeavesNothingElse()
    {
        var path = Path.Combine(_folder.Path, "new", "figures.json");
        _folder.File("new/figures.json", "old");

        JsonOutput.Write(new { MeanIou = 0.5 }, path, TextWriter.Null);

        Assert.Contains("\"meanIou\": 0.5", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }
}
