using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Vision.Tests.Detection;

public sealed class LooksTests
{
    [Fact]
    public void Merge_FaceThatBothSee_HasTheMeanScoreAndAWeightedBox()
    {
        var merged = Looks.Merge([new(new BoundingBox(0, 0, 10, 10), 0.9f)], [new(new BoundingBox(2, 0, 10, 12), 0.3f)]);

        var face = Assert.Single(merged);
        Assert.Equal(0.6f, face.Score, 0.0001f);
        Assert.Equal(0.5f, face.Box.X, 0.0001f);
        Assert.Equal(10, face.Box.Width, 0.0001f);
        Assert.Equal(10.5f, face.Box.Height, 0.0001f);
    }

    [Fact]
    public void Merge_FaceThatOneSees_LosesHalfOfItsScore()
    {
        var seen = new FaceDetection(new BoundingBox(0, 0, 10, 10), 0.8f);

        Assert.Equal([seen with { Score = 0.4f }], Looks.Merge([seen], []));
        Assert.Equal([seen with { Score = 0.4f }], Looks.Merge([], [seen]));
    }

    [Fact]
    public void Merge_FaceThatTwoOfThreeSee_HasTheMeanOfAllScoresAndTheirBox()
    {
        FaceDetection sure = new(new BoundingBox(0, 0, 10, 10), 0.9f), less = new(new BoundingBox(3, 0, 10, 10), 0.45f);

        var face = Assert.Single(Looks.Merge([less], [], [sure]));

        Assert.Equal(0.45f, face.Score, 0.0001f);
        Assert.Equal(1, face.Box.X, 0.0001f);
        Assert.Equal(11, face.Box.Right, 0.0001f);
    }

    [Fact]
    public void Merge_TwoCandidatesForOneFace_TakesTheStronger()
    {
        var face = new FaceDetection(new BoundingBox(0, 0, 10, 10), 0.8f);
        var strong = new FaceDetection(new BoundingBox(1, 0, 10, 10), 0.6f);
        var weak = new FaceDetection(new BoundingBox(0, 0, 10, 10), 0.2f);

        var merged = Looks.Merge([face], [strong, weak]);

        Assert.Equal([0.7f, 0.1f], merged.Select(found => found.Score), (left, right) => Math.Abs(left - right) < 0.0001f);
    }

    [Fact]
    public void Merge_FacesOfOneLook_AreNotPairedWithEachOther()
    {
        FaceDetection[] neighbours = [new(new BoundingBox(0, 0, 10, 10), 0.8f), new(new BoundingBox(2, 0, 10, 10), 0.6f)];

        Assert.Equal(2, Looks.Merge(neighbours, [], []).Count);
    }
}
