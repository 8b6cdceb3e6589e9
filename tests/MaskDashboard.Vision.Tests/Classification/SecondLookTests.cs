using MaskDashboard.Vision.Classification;
using OpenCvSharp;

namespace MaskDashboard.Vision.Tests.Classification;

public sealed class SecondLookTests
{
    /// <summary>The box whose crop is the whole of a 128 x 128 picture.</summary>
    private static readonly BoundingBox s_face = new(8.5f, 8.5f, 111, 111);

    [Fact]
    public void Classify_FaceItDoubts_AnswersTheMeanOfBothLooks()
    {
        using var classifier = Vgg19MaskClassifier.OpenOnCpu(Path.Combine(RepositoryFiles.Models, Vgg19MaskClassifier.Int8FileName));
        using var doubted = Golden("bare-shrunk.png");
        var once = Assert.Single(classifier.ClassifyOnce(doubted, [s_face], mirrored: false));
        var inMirror = Assert.Single(classifier.ClassifyOnce(doubted, [s_face], mirrored: true));

        var answer = Assert.Single(classifier.Classify(doubted, [s_face]));

        Assert.InRange(once.NoMask, Vgg19MaskClassifier.DoubtedAbove, Vgg19MaskClassifier.DoubtedBelow);
        Assert.NotEqual(once.NoMask, inMirror.NoMask, 0.001f);
        Assert.Equal((once.Mask + inMirror.Mask) / 2, answer.Mask, 0.0001f);
        Assert.Equal((once.NoMask + inMirror.NoMask) / 2, answer.NoMask, 0.0001f);
    }

    [Fact]
    public void Classify_FaceItDoubts_AnswersItsMirrorImageAlike()
    {
        using var classifier = Vgg19MaskClassifier.OpenOnCpu(Path.Combine(RepositoryFiles.Models, Vgg19MaskClassifier.Int8FileName));
        using var doubted = Golden("bare-shrunk.png");
        using var mirrored = doubted.Flip(FlipMode.Y);

        var (answer, ofMirrorImage) = (classifier.Classify(doubted, [s_face])[0], classifier.Classify(mirrored, [s_face])[0]);

        Assert.Equal(answer.NoMask, ofMirrorImage.NoMask, 0.0001f);
        Assert.Equal(answer.Mask, ofMirrorImage.Mask, 0.0001f);
    }

    [Fact]
    public void Classify_FacesItIsSureOf_LooksOnceAndKeepsTheOrder()
    {
        using var classifier = Vgg19MaskClassifier.OpenOnCpu(Path.Combine(RepositoryFiles.Models, Vgg19MaskClassifier.Int8FileName));
        using var row = new Mat();
        Mat[] faces = [Golden("mask.png"), Golden("bare-shrunk.png"), Golden("bare.png")];
        Cv2.HConcat(faces, row);
        BoundingBox[] boxes = [.. faces.Select((_, index) => s_face with { X = s_face.X + 128 * index })];

        var (once, answers) = (classifier.ClassifyOnce(row, boxes, mirrored: false), classifier.Classify(row, boxes));

        Assert.Equal(once[0], answers[0]);
        Assert.NotEqual(once[1], answers[1]);
        Assert.Equal(once[2], answers[2]);
        Array.ForEach(faces, face => face.Dispose());
    }

    private static Mat Golden(string name) => Cv2.ImRead(Path.Combine(RepositoryFiles.Models, "golden", name));
}
