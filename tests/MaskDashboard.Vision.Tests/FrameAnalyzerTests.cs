using System.Xml.Linq;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Detection;
using OpenCvSharp;

namespace MaskDashboard.Vision.Tests;

public sealed class FrameAnalyzerTests(VisionRuntimeFixture fixture) : IClassFixture<VisionRuntimeFixture>
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(RepositoryFiles.Sample("")).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Analyze_Sample_FindsEveryFaceWithItsLabel(string sample)
    {
        var expected = Faces(sample);
        using var analyzer = fixture.Runtime.CreateAnalyzer();
        using var image = Decode(sample);

        var analysis = analyzer.Analyze(image, new AnalysisSettings());

        var counted = analysis.CountedFaces.ToList();
        Assert.Equal(expected.Count, counted.Count);
        foreach (var (box, label) in expected)
        {
            // The drawn boxes hold the whole head, the detector's the face: centres within the box are enough here.
            var found = Assert.Single(counted, face => face.Box.CentreX > box.X && face.Box.CentreX < box.Right && face.Box.CentreY > box.Y && face.Box.CentreY < box.Bottom);
            Assert.Equal(label, found.Label);
        }
    }

    [Theory]
    [InlineData(400)] // enlarged: three looks, in two sizes
    [InlineData(1000)]
    public void Detect_SeveralLooks_AgreeWithOne(int longerSide)
    {
        using var picture = Cv2.ImRead(RepositoryFiles.Sample("group.jpg"));
        var scale = (double)longerSide / Math.Max(picture.Width, picture.Height);
        using var image = picture.Resize(default, scale, scale, InterpolationFlags.Area);
        var model = Path.Combine(RepositoryFiles.Models, YuNetFaceDetector.FileName);
        using var looksOnce = new YuNetFaceDetector(model, new YuNetOptions { Looks = 1 });
        using var looksAgain = new YuNetFaceDetector(model, new YuNetOptions());

        var once = looksOnce.Detect(image, new AnalysisSettings()).Where(face => face.Score > 0.7f).ToList();
        var again = looksAgain.Detect(image, new AnalysisSettings()).Where(face => face.Score > 0.7f).ToList();

        Assert.NotEmpty(once);
        Assert.Equal(once.Count, again.Count);
        // A box that was not mirrored back would lie on the other side of the picture.
        Assert.All(once, face => Assert.Single(again, other => other.Box.IntersectionOverUnion(face.Box) > 0.7f));
        Assert.NotEqual(once.Select(face => face.Score), again.Select(face => face.Score));
    }

    [Fact]
    public void Detect_MirrorImage_LaysBoxesAsFarToTheRightOfFacesAsLabels()
    {
        // Large enough for looks in one size, and a multiple of 32 wide: but for the labels' offset everything is symmetric.
        using var picture = Cv2.ImRead(RepositoryFiles.Sample("group.jpg"));
        using var image = picture.Resize(new Size(1024, 768), interpolation: InterpolationFlags.Area);
        using var mirrored = image.Flip(FlipMode.Y);
        using var detector = new YuNetFaceDetector(Path.Combine(RepositoryFiles.Models, YuNetFaceDetector.FileName), new YuNetOptions());

        var faces = detector.Detect(image, new AnalysisSettings()).Where(face => face.Score > 0.7f).OrderBy(face => face.Box.X).ToList();
        var mirrorFaces = detector.Detect(mirrored, new AnalysisSettings()).Where(face => face.Score > 0.7f).OrderByDescending(face => face.Box.X).ToList();

        Assert.NotEmpty(faces);
        Assert.Equal(faces.Count, mirrorFaces.Count);
        Assert.All(faces.Zip(mirrorFaces), pair => Assert.Equal(0.4f, (pair.First.Box.CentreX - (image.Width - pair.Second.Box.CentreX)) / 2, 0.05f));
    }

    [Fact]
    public void Analyze_TwoTooClose_MarksBothByTheNotebooksRule()
    {
        using var analyzer = fixture.Runtime.CreateAnalyzer();
        using var image = Decode("two-too-close.jpg");

        var analysis = analyzer.Analyze(image, new AnalysisSettings { MinDistancePixelsTopLeft = 180 });

        Assert.All(analysis.CountedFaces, face => Assert.True(face.TooClose));
        Assert.True(Assert.Single(analysis.Pairs).TooClose);
    }

    [Fact]
    public void Analyze_NobodyInThePicture_GivesNoFacesAndNoStatement()
    {
        using var analyzer = fixture.Runtime.CreateAnalyzer();
        using var image = Decode("empty-room.webp");

        var figures = analyzer.Analyze(image, new AnalysisSettings()).Figures;

        Assert.Equal(0, figures.Faces);
        Assert.Null(figures.Compliance);
    }

    [Fact]
    public void Classify_ManyFaces_AnswersAsOneByOne()
    {
        using var analyzer = fixture.Runtime.CreateAnalyzer();
        using var image = Decode("group.jpg");
        var boxes = Enumerable.Range(0, 3).SelectMany(_ => Faces("group.jpg").Select(face => face.Box)).ToList();

        var together = analyzer.Classify(image, boxes);

        Assert.Equal(24, together.Count);
        for (var index = 0; index < boxes.Count; index++)
        {
            var alone = analyzer.Classify(image, [boxes[index]])[0];
            Assert.Equal(alone.Mask, together[index].Mask, 0.01f);
            Assert.Equal(alone.NoMask, together[index].NoMask, 0.01f);
        }
    }

    [Fact]
    public void Classify_FaceCutByTheBorder_Answers()
    {
        using var analyzer = fixture.Runtime.CreateAnalyzer();
        using var image = Decode("one-bare.png");

        var answer = Assert.Single(analyzer.Classify(image, [new BoundingBox(-40, -30, 120, 120)]));

        Assert.InRange(answer.Mask, 0, 1);
    }

    [Fact]
    public void Open_FloatAndInt8_AgreeOnTheGoldenBatch()
    {
        var options = RepositoryFiles.Options();
        options.Classifier = ClassifierPrecision.Fp32;
        using var runtime = VisionRuntime.Open(options);

        Assert.Equal(Vgg19MaskClassifier.FloatFileName, runtime.ExecutionProvider.ModelFile);
        Assert.NotEqual(runtime.ModelVersion(DetectorKind.YuNet), fixture.Runtime.ModelVersion(DetectorKind.YuNet));
    }

    [Fact]
    public void Open_DirectMLThatFails_FallsBackAndSaysWhy()
    {
        var (classifier, report) = ClassifierFactory.Open(RepositoryFiles.Options(), (_, _) => throw new EntryPointNotFoundException());
        using (classifier)
        {
            Assert.Equal(ExecutionProviderKind.Cpu, report.Provider);
            Assert.Contains("the CPU computes instead", report.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_Int8AnswersWrong_FloatComputesAndTheReportSaysWhy()
    {
        var folder = Directory.CreateTempSubdirectory("models-");
        try
        {
            var options = RepositoryFiles.Options();
            CopyWithWrongInt8(options.ModelsFolder, folder.FullName);
            options.ModelsFolder = folder.FullName;

            var (classifier, report) = ClassifierFactory.Open(options);

            using (classifier)
            {
                Assert.Equal(Vgg19MaskClassifier.FloatFileName, report.ModelFile);
                Assert.Matches("The 8-bit model gives wrong answers on this CPU \\(off by [01]\\.\\d{3}\\); the slower float model computes instead\\.$", report.Reason);
            }

            // Who asks for 8 bits gets them or is told.
            options.Classifier = ClassifierPrecision.Int8;
            Assert.Contains("vgg19-mask.int8.onnx does not give the answers", Assert.Throws<ModelFileException>(() => ClassifierFactory.Open(options)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The last layer's bias, two numbers in half precision, becomes 16 for both outputs.
    private static void CopyWithWrongInt8(string models, string folder)
    {
        foreach (var path in Directory.EnumerateFiles(models, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".onnx" or ".json" || Path.GetDirectoryName(path)!.EndsWith("golden", StringComparison.Ordinal)))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(models, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        var int8 = Path.Combine(folder, Vgg19MaskClassifier.Int8FileName);
        var bytes = File.ReadAllBytes(int8);
        var bias = bytes.AsSpan().IndexOf("fc.bias.halfJ\u0004"u8) + "fc.bias.halfJ\u0004".Length;
        BitConverter.GetBytes((Half)16).CopyTo(bytes, bias);
        BitConverter.GetBytes((Half)16).CopyTo(bytes, bias + 2);
        File.WriteAllBytes(int8, bytes);
    }

    [Fact]
    public void Open_DamagedModel_NamesTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("models-");
        try
        {
            foreach (var file in Directory.GetFiles(RepositoryFiles.Models, "*.xml"))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            File.WriteAllText(Path.Combine(folder.FullName, "yunet-mask.onnx"), "no model");

            var exception = Assert.Throws<ModelFileException>(() => VisionRuntime.Open(new VisionOptions { ModelsFolder = folder.FullName }));

            Assert.Contains("yunet-mask.onnx is damaged", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DecodedImage Decode(string sample) => new ImageDecoder(new DecodingOptions()).Decode(File.ReadAllBytes(RepositoryFiles.Sample(sample)));

    private static List<(BoundingBox Box, MaskLabel Label)> Faces(string sample) =>
    [
        .. XDocument.Load(Path.Combine(RepositoryFiles.Root, "tests", "assets", "annotations", Path.ChangeExtension(sample, ".xml"))).Descendants("object").Select(face =>
        {
            float Side(string name) => (float)face.Element("bndbox")!.Element(name)!;
            var box = new BoundingBox(Side("xmin"), Side("ymin"), Side("xmax") - Side("xmin"), Side("ymax") - Side("ymin"));
            return (box, (string?)face.Element("name") == "with_mask" ? MaskLabel.Mask : MaskLabel.NoMask);
        }),
    ];
}

/// <summary>Opens the models once for a class of tests.</summary>
public sealed class VisionRuntimeFixture : IDisposable
{
    public VisionRuntime Runtime { get; } = VisionRuntime.Open(RepositoryFiles.Options());

    public void Dispose() => Runtime.Dispose();
}
