using MaskDashboard.Components.Controls;

namespace MaskDashboard.Tests.Components.Controls;

public sealed class FaceNavigationTests
{
    // 0   1
    //   4
    // 2   3
    private static readonly OverlayFace[] _faces =
    [
        TestFaces.At(0, 0, 0), TestFaces.At(1, 400, 10), TestFaces.At(2, 10, 300), TestFaces.At(3, 400, 300), TestFaces.At(4, 200, 150),
    ];

    [Theory]
    [InlineData(0, "ArrowRight", 1)]
    [InlineData(0, "ArrowDown", 2)]
    [InlineData(3, "ArrowLeft", 2)]
    [InlineData(3, "ArrowUp", 1)]
    [InlineData(4, "Home", 0)]
    [InlineData(4, "End", 3)]
    public void Next_ArrowOrEnd_LeadsToTheFaceThatWay(int from, string key, int expected) =>
        Assert.Equal(expected, FaceNavigation.Next(_faces, from, key));

    [Theory]
    [InlineData(1, "ArrowRight")]
    [InlineData(0, "ArrowUp")]
    [InlineData(0, "Enter")]
    public void Next_NothingThatWayOrAnotherKey_LeadsNowhere(int from, string key) =>
        Assert.Null(FaceNavigation.Next(_faces, from, key));

    [Fact]
    public void Next_NoFaceChosenYet_StartsAtTheTop() => Assert.Equal(0, FaceNavigation.Next(_faces, null, "ArrowDown"));

    [Fact]
    public void Next_NoFaces_LeadsNowhere() => Assert.Null(FaceNavigation.Next([], null, "ArrowDown"));
}
