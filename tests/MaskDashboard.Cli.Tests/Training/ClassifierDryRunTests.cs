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
        var models = Path.Combine(_folder.Path, "models");
        var golden = Directory.CreateDirectory(Path.Combine(models, "golden")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Models, "golden"), "*.png"))
        {
            File.Copy(file, Path.Combine(golden, Path.GetFileName(file)));
        }

        TrainingCode.Run("train_classifier.py", "--crowd", crowd, "--run", run, "--dry-run", "--workers", "2");
        TrainingCode.Run("export.py", "--vgg19", Path.Combine(run, "weights.npz"), "--faces", crowd, "--models", models, "--crops", "4", "--version", "dry");

        var losses = File.ReadLines(Path.Combine(run, "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("loss", out _));
        Assert.Equal([1, 2, 3, 4], losses.Select(line => line.GetProperty("step").GetInt32()));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(golden, "expected.json")));
        var answers = expected.RootElement.GetProperty("probabilities").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToList();
        Assert.True(answers.Max(row => row[0]) - answers.Min(row => row[0]) > 2 * HalfPrecisionTolerance, "The network answers the same to every crop: equal outputs would prove nothing.");
        var files = expected.RootElement.GetProperty("files").EnumerateArray().Select(name => Path.Combine(golden, name.GetString()!)).ToList();
        AssertAnswers(Path.Combine(models, Vgg19MaskClassifier.FloatFileName), files, answers, HalfPrecisionTolerance);
        AssertAnswers(Path.Combine(models, Vgg19MaskClassifier.Int8FileName), files, answers, Int8Tolerance);
    }

    [SkippableFact]
    public void Resume_WithoutCheckpoint_SaysWhatIsMissing()
    {
        var crowd = TrainingCode.SmallCrowd(Path.Combine(_folder.Path, "crowd"));

        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(
            () => TrainingCode.Run("train_classifier.py", "--crowd", crowd, "--run", Path.Combine(_folder.Path, "run"), "--dry-run", "--resume"));

        Assert.Contains("checkpoint.pt is missing", failure.Message, StringComparison.Ordinal);
    }

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
