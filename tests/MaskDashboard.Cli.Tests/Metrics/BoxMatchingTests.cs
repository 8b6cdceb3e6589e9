using MaskDashboard.Cli.Metrics;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Tests.Metrics;

public class BoxMatchingTests
{
    private static readonly BoundingBox s_face = new(0, 0, 10, 10);

    [Fact]
    public void Match_OverlapOfExactlyHalf_FindsTheFace() =>
        Assert.Equal(0, Match([s_face], [new BoundingBox(0, 0, 10, 5)])[0]); // 50 / 100

    [Fact]
    public void Match_OverlapBelowHalf_IsFalse() =>
        Assert.Null(Match([s_face], [new BoundingBox(0, 0, 10, 4.9f)])[0]);

    [Fact]
    public void Match_SecondDetectionOfAFace_IsFalse() =>
        Assert.Equal([0, null], Match([s_face], [new BoundingBox(0, 0, 10, 9), s_face]));

    [Fact]
    public void Match_TwoFaces_EachTakesTheOneItOverlapsMost()
    {
        var neighbour = new BoundingBox(4, 0, 10, 10);

        Assert.Equal([1, 0], Match([s_face, neighbour], [new BoundingBox(4, 0, 10, 9), new BoundingBox(0, 1, 10, 9)]));
    }

    [Fact]
    public void Match_NoGroundTruth_AllAreFalse() => Assert.Equal([null, null], Match([], [s_face, s_face]));

    private static int?[] Match(BoundingBox[] truth, BoundingBox[] detections) => [.. BoxMatching.Match(truth, detections).Select(match => match.Truth)];
}
