namespace MaskDashboard.Vision.Tests;

public class JudgementTests
{
    private static readonly AnalysisSettings s_notebookRule = new();

    [Theory]
    [InlineData(0.9, 0.1, MaskLabel.Mask)]
    [InlineData(0.1, 0.9, MaskLabel.NoMask)]
    [InlineData(0.49, 0.1, MaskLabel.Uncertain)]
    [InlineData(0.9, 0.75, MaskLabel.Uncertain)]
    [InlineData(0.0, 0.0, MaskLabel.Uncertain)]
    [InlineData(0.5, 0.25, MaskLabel.Mask)]
    public void Label_Outputs_FollowThresholdAndMargin(float mask, float noMask, MaskLabel expected) =>
        Assert.Equal(expected, Judgement.Label(new MaskProbabilities(mask, noMask), s_notebookRule));

    [Theory]
    [InlineData(DetectorKind.YuNet, 0.8f, 0.30f, 0, false)]
    [InlineData(DetectorKind.YuNet, 0.8f, 0.32f, 0, true)]
    [InlineData(DetectorKind.YuNet, 0.48f, 1f, 0, false)]
    [InlineData(DetectorKind.YuNet, 0.49f, 1f, 0, true)]
    [InlineData(DetectorKind.YuNet, 0.99f, 0.02f, 0, false)]
    [InlineData(DetectorKind.Haar, 1f, 0.02f, 0, true)]
    [InlineData(DetectorKind.YuNet, 0.9f, 1f, 21, false)]
    [InlineData(DetectorKind.Haar, 1f, 1f, 21, false)]
    public void Counts_Candidate_FollowsConfidenceAndShorterSide(DetectorKind detector, float score, float output, double minSize, bool expected) =>
        Assert.All((MaskProbabilities[])[new(output, 0.01f), new(0.01f, output)], outputs => Assert.Equal(expected, Judgement.Counts(
            new FaceCandidate(new FaceDetection(new BoundingBox(0, 0, 30, 20), score), outputs),
            detector,
            new AnalysisSettings { MinDetectionScore = 0.6, MinFaceSizePixels = minSize })));

    [Fact]
    public void Confidence_FaceThatAPersonDrew_IsCertainWhateverTheClassifierSays() =>
        Assert.Equal(1, new FaceCandidate(new FaceDetection(new BoundingBox(0, 0, 30, 20), 1), new MaskProbabilities(0.1f, 0.1f)).Confidence);

    [Fact]
    public void Judge_CornersExactlyAtMinDistance_AreNotTooClose()
    {
        var analysis = Judgement.Judge(Frame(Face(0, 0), Face(50, 120)), s_notebookRule); // 50² + 120² = 130²

        Assert.All(analysis.Faces, face => Assert.False(face.TooClose));
        Assert.False(Assert.Single(analysis.Pairs).TooClose);
        Assert.Equal(130, analysis.Faces[0].NearestPixelsTopLeft);
    }

    [Fact]
    public void Judge_CornersJustBelowMinDistance_AreBothTooClose()
    {
        var analysis = Judgement.Judge(Frame(Face(0, 0), Face(50, 119), Face(900, 900)), s_notebookRule);

        Assert.Equal([true, true, false], analysis.Faces.Select(face => face.TooClose));
        Assert.Equal([true, false, false], analysis.Pairs.Select(pair => pair.TooClose));
        Assert.Equal(2, analysis.Figures.TooClose);
    }

    [Theory]
    [InlineData(DistanceRule.PixelsTopLeft, true)]
    [InlineData(DistanceRule.PixelsCentre, false)]
    [InlineData(DistanceRule.Metres, false)]
    public void Judge_OtherRule_DecidesOtherwise(DistanceRule rule, bool tooClose)
    {
        // Same corner, but one face is five times as large: it stands far in front and its middle is elsewhere.
        var frame = Frame(Face(100, 100, 40), Face(100, 100, 200));
        var settings = new AnalysisSettings
        {
            DistanceRule = rule, MinDistancePixelsTopLeft = 50, MinDistancePixelsCentre = 50, MinDistanceMetres = 2, DefaultFieldOfViewDegrees = 60,
        };

        Assert.All(Judgement.Judge(frame, settings).Faces, face => Assert.Equal(tooClose, face.TooClose));
    }

    [Fact]
    public void Judge_ThreeFaces_StoresNearestNeighbourByEveryRule()
    {
        var analysis = Judgement.Judge(Frame(Face(0, 0, 100), Face(300, 0, 100), Face(300, 400, 20)), s_notebookRule);

        Assert.Equal([300, 300, 400], analysis.Faces.Select(face => face.NearestPixelsTopLeft!.Value));
        Assert.Equal(300, analysis.Faces[0].NearestPixelsCentre!.Value, 9);
        Assert.Equal(0.48, analysis.Faces[0].NearestMetres!.Value, 9); // 300 px where 100 px are 0.16 m
        Assert.Equal([(0, 1), (0, 2), (1, 2)], analysis.Pairs.Select(pair => (pair.First, pair.Second)));
    }

    [Fact]
    public void Judge_OneCountedFace_SaysNothingOfDistanceButLabels()
    {
        var analysis = Judgement.Judge(Frame(Face(0, 0), Face(10, 10) with { Detection = new(new(10, 10, 20, 20), 0.3f) }), s_notebookRule);

        Assert.Equal([true, false], analysis.Faces.Select(face => face.Counted));
        Assert.All(analysis.Faces, face =>
        {
            Assert.False(face.TooClose);
            Assert.Null(face.NearestPixelsTopLeft);
            Assert.Null(face.NearestPixelsCentre);
            Assert.Null(face.NearestMetres);
            Assert.Equal(MaskLabel.Mask, face.Label);
        });
        Assert.Empty(analysis.Pairs);
        Assert.Equal(1, analysis.Figures.Mask);
    }

    [Fact]
    public void Judge_FaceThatDoesNotCount_IsNobodysNeighbour()
    {
        var ghost = Face(1, 1) with { Detection = new(new(1, 1, 50, 50), 0.25f) };

        var analysis = Judgement.Judge(Frame(Face(0, 0), ghost, Face(1000, 0)), s_notebookRule);

        Assert.Equal([1000, null, 1000], analysis.Faces.Select(face => face.NearestPixelsTopLeft));
        Assert.Equal((0, 2), (analysis.Pairs[0].First, analysis.Pairs[0].Second));
    }

    [Fact]
    public void Judge_NoFaces_IsEmpty()
    {
        var analysis = Judgement.Judge(Frame(), s_notebookRule);

        Assert.Empty(analysis.Faces);
        Assert.Null(analysis.Figures.Compliance);
    }

    [Fact]
    public void Judge_300Faces_MeasuresEveryPair()
    {
        var frame = Frame([.. Enumerable.Range(0, 300).Select(i => Face(i % 20 * 200, i / 20 * 200))]);

        var analysis = Judgement.Judge(frame, s_notebookRule);

        Assert.Equal(44_850, analysis.Pairs.Count);
        Assert.All(analysis.Faces, face => Assert.Equal(200, face.NearestPixelsTopLeft));
        Assert.Equal(0, analysis.Figures.TooClose);
    }

    [Fact]
    public void Judge_SiteFieldOfView_ScalesDepthOnly()
    {
        var frame = Frame(Face(475, 475, 50), Face(450, 450, 100));

        var narrow = Judgement.Judge(frame, s_notebookRule, siteFieldOfViewDegrees: 60);
        var wide = Judgement.Judge(frame, s_notebookRule, siteFieldOfViewDegrees: 90);

        // One behind the other: the distance is depth alone, proportional to the focal length, tan 45° / tan 30° = √3.
        Assert.Equal(Math.Sqrt(3), narrow.Pairs[0].Metres / wide.Pairs[0].Metres, 9);
        Assert.Equal(narrow.Pairs[0].PixelsCentre, wide.Pairs[0].PixelsCentre);
    }

    [Fact]
    public void Judge_VerdictsOfAReviewer_DecideWhoCountsAndAsWhat()
    {
        var frame = Frame(Face(0, 0), Face(100, 0), Face(200, 0));
        var focalLength = new FocalLength(800, FocalLengthSource.Site);

        var analysis = Judgement.Judge(
            frame, s_notebookRule, focalLength, [new(true, MaskLabel.NoMask), new(false, MaskLabel.Mask), new(true, MaskLabel.Mask)]);

        Assert.Equal(new ComplianceFigures(1, 1, 0, 0), analysis.Figures);
        Assert.Equal([200, null, 200], analysis.Faces.Select(face => face.NearestPixelsTopLeft));
        Assert.Equal(focalLength, analysis.FocalLength);
        Assert.Throws<ArgumentException>(() => Judgement.Judge(frame, s_notebookRule, focalLength, []));
    }

    private static FaceCandidate Face(float x, float y, float side = 50) => new(new(new(x, y, side, side), 0.9f), new(0.95f, 0.02f));

    private static FrameMeasurement Frame(params FaceCandidate[] candidates) => new()
    {
        Width = 1000,
        Height = 1000,
        Detector = DetectorKind.YuNet,
        Candidates = candidates,
    };
}
