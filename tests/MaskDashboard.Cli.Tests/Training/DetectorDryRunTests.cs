using System.Text.Json;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Detection;
using OpenCvSharp;

namespace MaskDashboard.Cli.Tests.Training;

public sealed class DetectorDryRunTests : IDisposable
{
    private const float SureScore = 0.3f; // well above the floor, where the two might disagree on what is kept
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void TrainAndExport_AFewPhotographs_OnnxRuntimeFindsWhatPyTorchFound()
    {
        var data = Path.Combine(_folder.Path, "data");
        TrainingCode.SmallCrowd(Path.Combine(data, "train"));
        var held = TrainingCode.SmallCrowd(Path.Combine(data, "val"));
        var run = Path.Combine(_folder.Path, "run");
        var models = Directory.CreateDirectory(Path.Combine(_folder.Path, "models")).FullName;
        var committed = Path.Combine(Repository.Models, YuNetFaceDetector.FileName);

        TrainingCode.Run("train_detector.py", "--data", data, "--published", committed, "--run", run, "--dry-run");
        TrainingCode.Run("export.py", "--yunet", Path.Combine(run, "yunet_mask.pth"), "--models", models, "--version", "dry");

        var log = File.ReadLines(Path.Combine(run, "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(log, line => line.TryGetProperty("loss", out _) && line.GetProperty("step").GetInt32() == 3);
        Assert.Contains(log, line => line.TryGetProperty("ap50", out var ap) && ap.GetDouble() > 0);
        var exported = Path.Combine(models, YuNetFaceDetector.FileName);
        Assert.NotEqual(File.ReadAllBytes(committed), File.ReadAllBytes(exported));
        using var example = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "example.json")));
        var expected = example.RootElement.GetProperty("faces").EnumerateArray().Select(Detection).Where(face => face.Score >= SureScore).ToList();
        using var detector = new YuNetFaceDetector(exported, new YuNetOptions());
        Assert.StartsWith("yunet-mask-dry@", detector.ModelVersion, StringComparison.Ordinal);
        using var photograph = Cv2.ImRead(Path.Combine(held, "images", example.RootElement.GetProperty("photograph").GetString() + ".jpg"));
        var found = detector.Detect(photograph, new AnalysisSettings()).Where(face => face.Score >= SureScore).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, found.Count);
        foreach (var (theirs, ours) in expected.Zip(found))
        {
            Assert.Equal(theirs.Score, ours.Score, 0.005f);
            Assert.True(theirs.Box.IntersectionOverUnion(ours.Box) > 0.98, $"PyTorch found {theirs.Box}, ONNX Runtime {ours.Box}.");
            Assert.Equal(theirs.Box.CentreX, ours.Box.CentreX, 0.2f);
            Assert.Equal(theirs.Box.CentreY, ours.Box.CentreY, 0.2f);
        }
    }

    [SkippableFact]
    public void LabelOffset_AFewPhotographs_MeasuresTheFacesFound()
    {
        var crowd = TrainingCode.SmallCrowd(Path.Combine(_folder.Path, "crowd"));

        var output = TrainingCode.Run("label_offset.py", "--yunet", Path.Combine(Repository.Models, YuNetFaceDetector.FileName), "--data", crowd);

        // Their labels hold the whole head, so none of it is an offset; but every face is found and measured.
        Assert.Matches(@"^right -?\d+\.\d\d px, standard error \d+\.\d\d\nbelow -?\d+\.\d\d px, standard error \d+\.\d\d\nfaces [2-9]\n$", output);
    }

    [SkippableFact]
    public void Train_FolderWithoutAnnotations_SaysWhatItNeeds()
    {
        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => TrainingCode.Run(
            "train_detector.py", "--data", _folder.Path, "--published", Path.Combine(Repository.Models, YuNetFaceDetector.FileName), "--run", _folder.Path + Path.DirectorySeparatorChar, "--dry-run"));

        Assert.Contains("needs images/ and Pascal VOC annotations/", failure.Message, StringComparison.Ordinal);
    }

    private static FaceDetection Detection(JsonElement face)
    {
        float At(string name) => face.GetProperty(name).GetSingle();
        return new FaceDetection(new BoundingBox(At("left"), At("top"), At("right") - At("left"), At("bottom") - At("top")), At("score"));
    }
}
