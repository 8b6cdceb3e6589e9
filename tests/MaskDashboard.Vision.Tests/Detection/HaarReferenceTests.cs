using System.Text.Json;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Vision.Tests.Detection;

public sealed class HaarReferenceTests
{
    [SkippableFact]
    public void Detect_EveryReferenceImage_GivesTheNotebooksBoxesAndFlags()
    {
        using var reference = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.Shared("reference/haar-notebook.json")));
        var data = RepositoryFiles.Shared("data/face-mask-detection");
        var decoder = new ImageDecoder(new DecodingOptions());
        using var detector = new HaarFaceDetector(Path.Combine(RepositoryFiles.Models, HaarFaceDetector.FileName));
        var different = new List<string>();
        var images = reference.RootElement.GetProperty("images").EnumerateObject().ToList();
        foreach (var entry in images)
        {
            var path = Path.Combine(data, entry.Value.GetProperty("split").GetString()!, "images", entry.Name + ".jpg");
            using var image = decoder.Decode(File.ReadAllBytes(path));
            var candidates = detector.Detect(image.Bgr, AnalysisSettings.Notebook).Select(face => new FaceCandidate(face, new MaskProbabilities(1, 0))).ToList();
            var measurement = new FrameMeasurement { Width = image.Width, Height = image.Height, Detector = DetectorKind.Haar, Candidates = candidates };
            var found = Judgement.Judge(measurement, AnalysisSettings.Notebook).Faces
                .Select(face => ((int)face.Box.X, (int)face.Box.Y, (int)face.Box.Width, (int)face.Box.Height, face.TooClose)).ToHashSet();
            var tooClose = entry.Value.GetProperty("too_close").EnumerateArray().Select(flag => flag.GetInt32() == 1).ToList();
            var expected = entry.Value.GetProperty("faces").EnumerateArray()
                .Select((box, index) => (box[0].GetInt32(), box[1].GetInt32(), box[2].GetInt32(), box[3].GetInt32(), tooClose[index])).ToHashSet();
            if (!found.SetEquals(expected))
            {
                different.Add(entry.Name);
            }
        }

        Assert.Equal(553, images.Count);
        Assert.Empty(different);
    }

    [Fact]
    public void Constructor_MissingCascade_NamesTheFileAndTheMend()
    {
        var exception = Assert.Throws<ModelFileException>(() => new HaarFaceDetector(Path.Combine(Path.GetTempPath(), "nowhere", "cascade.xml")));

        Assert.Contains("cascade.xml is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("git checkout -- models", exception.Message, StringComparison.Ordinal);
    }
}
