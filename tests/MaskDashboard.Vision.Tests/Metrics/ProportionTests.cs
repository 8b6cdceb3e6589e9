using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Vision.Tests.Metrics;

public class ProportionTests
{
    // Wilson (1927) as tabulated in Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Interval_PublishedCase_Agrees(int hits, int total, double low, double high)
    {
        var interval = new Proportion(hits, total).Interval!.Value;

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Value_OfNothing_IsNull()
    {
        Assert.Null(default(Proportion).Value);
        Assert.Null(default(Proportion).Interval);
    }

    [Fact]
    public void Of_Items_CountsThoseThatHaveTheProperty() => Assert.Equal(new Proportion(2, 5), Proportion.Of([1, 2, 3, 4, 5], item => item % 2 == 0));
}
