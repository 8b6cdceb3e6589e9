using MaskDashboard.Components.Reviewing;

namespace MaskDashboard.Tests.Components.Reviewing;

public sealed class ReviewTrailTests
{
    private readonly ReviewTrail _trail = new();

    [Fact]
    public void GoTo_NewPhotographs_CanBeWalkedBackAndForth()
    {
        Assert.Equal((null, null), (_trail.Back, _trail.Forward));
        foreach (var image in new long[] { 1, 2, 3 })
        {
            _trail.GoTo(image);
        }

        Assert.Equal((2L, null), (_trail.Back, _trail.Forward));
        _trail.GoTo(2);
        Assert.Equal((1L, 3L), (_trail.Back, _trail.Forward));
        _trail.GoTo(3);
        Assert.Equal((2L, null), (_trail.Back, _trail.Forward));
    }

    [Fact]
    public void GoTo_AnotherFromTheMiddle_BeginsANewWay()
    {
        _trail.GoTo(1);
        _trail.GoTo(2);
        _trail.GoTo(1);
        _trail.GoTo(9);
        Assert.Equal((1L, null), (_trail.Back, _trail.Forward));
    }

    [Fact]
    public void Prepend_FirstPhotograph_HasTheOtherOneAfterIt()
    {
        _trail.GoTo(5);
        _trail.Prepend(4);
        Assert.Equal((null, 5L), (_trail.Back, _trail.Forward));
    }

    [Fact]
    public void Forget_PhotographThatIsGone_IsNotGoneBackTo()
    {
        _trail.GoTo(1);
        _trail.GoTo(2);
        _trail.GoTo(3);
        _trail.Forget(2);
        Assert.Equal((1L, null), (_trail.Back, _trail.Forward));
    }
}
