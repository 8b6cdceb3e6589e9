using MaskDashboard.Vision.Annotation;
using SkiaSharp;

namespace MaskDashboard.Vision.Tests.Annotation;

public class LabelPlacementTests
{
    private readonly LabelPlacement _placement = new(100, 80);

    [Theory]
    [InlineData(-5, -5, 0, 0)]
    [InlineData(95, 75, 80, 70)]
    [InlineData(40, 40, 40, 40)]
    public void TryPlace_ProposalOverTheEdge_IsMovedInside(float x, float y, float expectedX, float expectedY) =>
        Assert.Equal(SKRect.Create(expectedX, expectedY, 20, 10), _placement.TryPlace([SKRect.Create(x, y, 20, 10)]));

    [Fact]
    public void TryPlace_FirstProposalTaken_TakesTheNext()
    {
        _placement.TryPlace([SKRect.Create(0, 0, 20, 10)]);

        Assert.Equal(SKRect.Create(50, 0, 20, 10), _placement.TryPlace([SKRect.Create(10, 5, 20, 10), SKRect.Create(50, 0, 20, 10)]));
    }

    [Fact]
    public void TryPlace_EverythingTaken_GivesNull()
    {
        _placement.Avoid(SKRect.Create(0, 0, 100, 80));

        Assert.Null(_placement.TryPlace([SKRect.Create(10, 10, 20, 10)]));
    }

    [Fact]
    public void TryPlace_OwnObstacle_MayBeCovered()
    {
        var own = SKRect.Create(0, 0, 50, 50);
        _placement.Avoid(own);

        Assert.NotNull(_placement.TryPlace([SKRect.Create(10, 10, 20, 10)], own));
    }

    [Fact]
    public void Place_LabelWiderThanThePicture_StartsAtTheLeftEdge() =>
        Assert.Equal(SKRect.Create(0, 10, 300, 10), _placement.Place(SKRect.Create(50, 10, 300, 10)));
}
