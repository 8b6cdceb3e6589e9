using System.IO.Compression;
using System.Text.Json;

namespace MaskDashboard.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_Samples_HasTheNamesThatProgramsReadBy()
    {
        var shell = await Shell.RunAsync(
            "evaluate", "--images", Repository.Samples, "--annotations", Repository.SampleAnnotations, "--json", "-", "--models", Repository.Models);

        Assert.Equal((ExitCode.Success, ""), (shell.ExitCode, shell.Error));
        string[] numbers =
        [
            "detection.ap50", "detection.precision", "detection.recall", "detection.recallAtPrecision90", "groundTruthBoxes.accuracy", "groundTruthBoxes.balancedAccuracy",
            "groundTruthBoxes.balancedAccuracyMin12Px", "groundTruthBoxes.confusion.mask.noMask", "matched.accuracy", "matched.confusion.noMask.noMask", "endToEnd.map50",
            "endToEnd.apMask", "endToEnd.apNoMask", "backgroundRejected", "calibration.ece", "timing.decode", "timing.detect", "timing.classifyPerFace", "timing.total",
            "images", "faces", "detection.byClass.with_mask.recall", "detection.bySize.>64.ap50",
        ];
        Assert.All(numbers, name => Assert.Equal(JsonValueKind.Number, At(shell.Json, name).ValueKind));
        Assert.Equal(Directory.GetFiles(Repository.SampleAnnotations).Length, shell.Json.GetProperty("images").GetInt32());
        Assert.True(At(shell.Json, "timing.total").GetDouble() >= At(shell.Json, "timing.detect").GetDouble());
    }

    [Fact]
    public async Task Evaluate_JsonFile_PrintsTheTableAsWell()
    {
        var file = Path.Combine(_folder.Path, "figures.json");

        var shell = await Shell.RunAsync(
            "evaluate", "--images", Repository.Samples, "--annotations", Repository.SampleAnnotations, "--detector", "haar", "--json", file, "--models", Repository.Models);

        Assert.Contains("mAP50", shell.Out, StringComparison.Ordinal);
        using var figures = JsonDocument.Parse(File.ReadAllText(file));
        Assert.StartsWith("haar@", figures.RootElement.GetProperty("models").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OneLook_MeasuresOtherScores()
    {
        string[] command = ["evaluate", "--images", Repository.Samples, "--annotations", Repository.SampleAnnotations, "--json", "-", "--models", Repository.Models];

        var several = await Shell.RunAsync(command);
        var one = await Shell.RunAsync([.. command, "--one-look"]);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (several.ExitCode, one.ExitCode));
        Assert.NotEqual(At(several.Json, "detection.curve").GetRawText(), At(one.Json, "detection.curve").GetRawText());
    }

    [Fact]
    public async Task Evaluate_ImageWithoutAnnotation_IsNamedAndLeftOut()
    {
        File.Copy(Repository.Sample("group.jpg"), Path.Combine(_folder.Path, "group.jpg"));
        File.Copy(Repository.Sample("group.jpg"), Path.Combine(_folder.Path, "stranger.jpg"));

        var shell = await Shell.RunAsync("evaluate", "--images", _folder.Path, "--annotations", Repository.SampleAnnotations, "--json", "-", "--models", Repository.Models);

        Assert.Equal(ExitCode.Failed, shell.ExitCode);
        Assert.Contains("stranger.jpg: no annotation", Assert.Single(shell.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(1, shell.Json.GetProperty("images").GetInt32());
    }

    [Fact]
    public async Task Evaluate_NoAnnotationAtAll_Returns2()
    {
        var shell = await Shell.RunAsync("evaluate", "--images", Repository.Samples, "--annotations", _folder.Path, "--models", Repository.Models);

        Assert.Equal(ExitCode.Usage, shell.ExitCode);
        Assert.Single(shell.ErrorLines);
    }

    [Fact]
    public async Task EvaluateClassifier_Zip_HasEveryFigure()
    {
        var shell = await Shell.RunAsync("evaluate-classifier", "--zip", Faces("set.zip", "mask", "bare"), "--json", "-", "--models", Repository.Models);

        Assert.Equal((ExitCode.Success, ""), (shell.ExitCode, shell.Error));
        Assert.Equal(2, shell.Json.GetProperty("images").GetInt32());
        Assert.Equal(1, shell.Json.GetProperty("accuracy").GetDouble());
        Assert.Equal(1, shell.Json.GetProperty("balancedAccuracy").GetDouble());
        Assert.Equal(1, At(shell.Json, "confusion.mask.mask").GetInt32());
        Assert.InRange(shell.Json.GetProperty("ece").GetDouble(), 0, 0.5);
    }

    [Fact]
    public async Task EvaluateClassifier_NearDuplicatesOfAnotherSet_AreLeftOutByClass()
    {
        var shell = await Shell.RunAsync(
            "evaluate-classifier", "--zip", Faces("set.zip", "mask", "bare"), "--without-near-duplicates-of", Faces("train.zip", "mask", null), "--json", "-", "--models", Repository.Models);

        Assert.Equal((1, 1), (shell.Json.GetProperty("images").GetInt32(), shell.Json.GetProperty("nearDuplicatesDropped").GetInt32()));
    }

    [Fact]
    public async Task Classify_OneFaceEach_TellsMaskFromNone()
    {
        var shell = await Shell.RunAsync(
            "classify", Path.Combine(Repository.Models, "golden", "mask.png"), Path.Combine(Repository.Models, "golden", "bare.png"), "--json", "--models", Repository.Models);

        Assert.Equal(["Mask", "No mask"], shell.Json.EnumerateArray().Select(face => face.GetProperty("label").GetString()));
        Assert.True(shell.Json[0].GetProperty("maskProbability").GetDouble() > 0.5);
        Assert.True(shell.Json[1].GetProperty("noMaskProbability").GetDouble() > 0.5);
    }

    [Fact]
    public async Task Benchmark_OneRound_PrintsRatios()
    {
        var shell = await Shell.RunAsync("benchmark", Repository.Sample("one-bare.png"), "--rounds", "1", "--json", "-", "--models", Repository.Models);

        Assert.Equal(ExitCode.Success, shell.ExitCode);
        Assert.Equal(
            shell.Json.GetProperty("fp32PerFaceInBatch").GetDouble() / shell.Json.GetProperty("int8PerFaceInBatch").GetDouble(),
            shell.Json.GetProperty("int8SpeedupInBatch").GetDouble(),
            2);
        Assert.True(shell.Json.GetProperty("oneLookPerImage").GetDouble() > 0);
        Assert.True(shell.Json.GetProperty("secondLookPerImage").GetDouble() > 0);
    }

    private string Faces(string name, string? mask, string? noMask)
    {
        var path = Path.Combine(_folder.Path, name);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (folder, face) in new[] { ("WithMask", mask), ("WithoutMask", noMask) })
        {
            if (face is not null)
            {
                archive.CreateEntryFromFile(Path.Combine(Repository.Models, "golden", $"{face}.png"), $"{folder}/{face}.png");
            }
        }

        return path;
    }

    private static JsonElement At(JsonElement root, string path) => path.Split('.').Aggregate(root, (element, name) => element.GetProperty(name));
}
