using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Tests.Evaluation;

public sealed class HaarReferenceTests : IDisposable
{
    private const string Reference = """
        {"scaleFactor": 1.2, "minNeighbors": 5, "MIN_DISTANCE": 100, "images": {"a": {"faces": [[0, 0, 30, 30], [80, 0, 40, 40], [500, 0, 20, 20]], "too_close": [1, 1, 0]}}}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_File_GivesSettingsAndExpectations()
    {
        var (settings, images) = HaarReference.Read(_folder.File("reference.json", Reference));

        Assert.Equal((DetectorKind.Haar, 1.2, 5, 100), (settings.Detector, settings.HaarScaleFactor, settings.HaarMinNeighbors, settings.MinDistancePixelsTopLeft));
        Assert.Equal(new BoundingBox(80, 0, 40, 40), images["a"].Faces[1]);
        Assert.Equal([true, true, false], images["a"].TooClose);
    }

    [Fact]
    public void Difference_SameBoxesInAnotherOrder_IsNull() =>
        Assert.Null(Expected().Difference(Analysis(100, new(500, 0, 20, 20), new(80, 0, 40, 40), new(0, 0, 30, 30))));

    [Fact]
    public void Difference_OtherFlags_SaysSo() =>
        Assert.Equal("too-close flags differ: 2 of 3 faces", Expected().Difference(Analysis(50, new(0, 0, 30, 30), new(80, 0, 40, 40), new(500, 0, 20, 20))));

    [Fact]
    public void Difference_OtherBoxes_CountsThem() =>
        Assert.Equal("boxes differ: 3 expected, 2 found, 1 in common", Expected().Difference(Analysis(100, new(0, 0, 30, 30), new(81, 0, 40, 40))));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"scaleFactor": 1.1, "minNeighbors": 4, "MIN_DISTANCE": 130, "images": {"a": {"faces": [[1, 2]], "too_close": []}}}""")]
    public void Read_OtherForm_IsRefused(string content)
    {
        var path = _folder.File("reference.json", content);

        Assert.StartsWith($"{path}: not a reference", Assert.Throws<InputException>(() => HaarReference.Read(path)).Message, StringComparison.Ordinal);
    }

    private HaarReferenceImage Expected() => HaarReference.Read(_folder.File("reference.json", Reference)).Images["a"];

    private static FrameAnalysis Analysis(double minDistance, params BoundingBox[] boxes) => Judgement.Judge(
        new FrameMeasurement
        {
            Width = 640,
            Height = 480,
            Detector = DetectorKind.Haar,
            Candidates = [.. boxes.Select(box => new FaceCandidate(new FaceDetection(box, 1), default))],
        },
        AnalysisSettings.Notebook with { MinDistancePixelsTopLeft = minDistance });
}
