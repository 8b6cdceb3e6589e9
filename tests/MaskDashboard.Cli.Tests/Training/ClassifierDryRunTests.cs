using System.Text.Json;
using MaskDashboard.Vision.Classification;
using OpenCvSharp;

namespace MaskDashboard.Cli.Tests.Training;

public sealed class ClassifierDryRunTests : IDisposable
{
    private const double HalfPrecisionTolerance = 0.002;
    private const double Int8Tolerance = 0.1;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void TrainAndExport_AFewPhotographs_OnnxRuntimeAnswersAsPyTorch()
    {
        var crowd = TrainingCode.SmallCrowd(Path.Combine(_folder.Path, "crowd"));
        var run = Path.Combine(_folder.Path, "run");
        var models = ModelsFolderWithGoldenCrops();

        TrainingCode.Run("train_classifier.py", "--crowd", crowd, "--run", run, "--dry-run", "--workers", "2");
        TrainingCode.Run("export.py", "--vgg19", Path.Combine(run, "weights.npz"), "--faces", crowd, "--models", models, "--crops", "4", "--version", "dry");

        var losses = File.ReadLines(Path.Combine(run, "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("loss", out _));
        Assert.Equal([1, 2, 3, 4], losses.Select(line => line.GetProperty("step").GetInt32()));
        var golden = Path.Combine(models, "golden");
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(golden, "expected.json")));
        var answers = Answers(expected);
        Assert.True(answers.Max(row => row[0]) - answers.Min(row => row[0]) > 2 * HalfPrecisionTolerance, "The network answers the same to every crop: equal outputs would prove nothing.");
        var files = expected.RootElement.GetProperty("files").EnumerateArray().Select(name => Path.Combine(golden, name.GetString()!)).ToList();
        AssertAnswers(Path.Combine(models, Vgg19MaskClassifier.FloatFileName), files, answers, HalfPrecisionTolerance);
        AssertAnswers(Path.Combine(models, Vgg19MaskClassifier.Int8FileName), files, answers, Int8Tolerance);
    }

    [SkippableFact]
    public void Start_TheCommittedFloatFile_IsTheNetworkThatAnswers()
    {
        var crowd = TrainingCode.SmallCrowd(Path.Combine(_folder.Path, "crowd"));
        var run = Path.Combine(_folder.Path, "run");
        var models = ModelsFolderWithGoldenCrops();

        TrainingCode.Run("train_classifier.py", "--start", Path.Combine(Repository.Models, Vgg19MaskClassifier.FloatFileName), "--crowd", crowd, "--run", run, "--steps", "0");
        TrainingCode.Run("export.py", "--vgg19", Path.Combine(run, "weights.npz"), "--temperature", "1", "--faces", crowd, "--models", models, "--crops", "4");

        using var ours = JsonDocument.Parse(File.ReadAllText(Path.Combine(models, "golden", "expected.json")));
        using var committed = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Models, "golden", "expected.json")));
        foreach (var (answer, expected) in Answers(ours).Zip(Answers(committed)))
        {
            Assert.Equal(expected[0], answer[0], HalfPrecisionTolerance);
            Assert.Equal(expected[1], answer[1], HalfPrecisionTolerance);
        }
    }

    [SkippableFact]
    public void Start_AnotherOnnxFile_SaysWhatItIsNot()
    {
        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => TrainingCode.Run(
            "export.py", "--vgg19", Path.Combine(Repository.Models, Vgg19MaskClassifier.Int8FileName), "--faces", _folder.Path, "--models", _folder.Path));

        Assert.Contains("is not the float form of the classifier", failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Train_InBfloat16_LearnsFiniteWeights()
    {
        Skip.IfNot(File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("avx512_bf16", StringComparison.Ordinal), "This CPU has no bfloat16 arithmetic (AVX512-BF16).");
        var crowd = TrainingCode.SmallCrowd(Path.Combine(_folder.Path, "crowd"));
        var run = Path.Combine(_folder.Path, "run");

        TrainingCode.Run("train_classifier.py", "--crowd", crowd, "--run", run, "--dry-run", "--bfloat16");

        var losses = File.ReadLines(Path.Combine(run, "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("loss", out _));
        Assert.All(losses, line => Assert.InRange(line.GetProperty("loss").GetDouble(), 0, 100));
        Assert.True(new FileInfo(Path.Combine(run, "weights.npz")).Length > 40_000_000);
    }

    [SkippableFact]
    public void Resume_WithoutCheckpoint_SaysWhatIsMissing()
    {
        var crowd = TrainingCode.SmallCrowd(Path.Combine(_folder.Path, "crowd"));

        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(
            () => TrainingCode.Run("train_classifier.py", "--crowd", crowd, "--run", Path.Combine(_folder.Path, "run"), "--dry-run", "--resume"));

        Assert.Contains("checkpoint.pt is missing", failure.Message, StringComparison.Ordinal);
    }

    private string ModelsFolderWithGoldenCrops()
    {
        var models = Path.Combine(_folder.Path, "models");
        var golden = Directory.CreateDirectory(Path.Combine(models, "golden")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Models, "golden"), "*.png"))
        {
            File.Copy(file, Path.Combine(golden, Path.GetFileName(file)));
        }

        return models;
    }

    private static List<double[]> Answers(JsonDocument golden) =>
        [.. golden.RootElement.GetProperty("probabilities").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];

    private static void AssertAnswers(string model, List<string> files, List<double[]> expected, double tolerance)
    {
        using var classifier = Vgg19MaskClassifier.OpenOnCpu(model);
        Assert.Contains(":vgg19-mask-dry@", classifier.ModelVersion, StringComparison.Ordinal);
        foreach (var (file, answer) in files.Zip(expected))
        {
            using var crop = Cv2.ImRead(file);
            var outputs = classifier.ClassifyWhole(crop);
            Assert.Equal(answer[0], outputs.Mask, tolerance);
            Assert.Equal(answer[1], outputs.NoMask, tolerance);
        }
    }
}
