using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Controls;

public sealed class FigureTextTests : IDisposable
{
    private readonly CultureScope _culture = new("en-US");
    private readonly TextLocalizer _texts = new(new TextCatalogue());

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0%")]
    [InlineData(1.0, "100%")]
    [InlineData(0.87, "87%")]
    [InlineData(0.998, "99.8%")]
    [InlineData(0.002, "0.2%")]
    public void Percent_Share_IsNeverRoundedToAllOrNothing(double? share, string expected) => Assert.Equal(expected, FigureText.Percent(share));

    [Fact]
    public void Compliance_UncertainFaces_IsARange() => Assert.Equal("50–75%", FigureText.Compliance(new ComplianceFigures(2, 1, 1, 0)));

    [Fact]
    public void Compliance_NoUncertainFaces_IsOneFigure() => Assert.Equal("67%", FigureText.Compliance(new ComplianceFigures(2, 1, 0, 0)));

    [Fact]
    public void Compliance_NoFaces_IsNoFigure() => Assert.Equal("–", FigureText.Compliance(default));

    [Fact]
    public void ComplianceParts_Counts_AreWrittenOut() =>
        Assert.Equal("1,412 of 1,473 faces with a mask, 31 uncertain", FigureText.ComplianceParts(_texts, new ComplianceFigures(1412, 30, 31, 0)));

    [Theory]
    [InlineData(129.9, DistanceRule.PixelsTopLeft, "129 px")]
    [InlineData(1.499, DistanceRule.Metres, "≈1.49 m")]
    [InlineData(null, DistanceRule.Metres, "–")]
    public void Distance_Rule_CarriesItsUnit(double? distance, DistanceRule rule, string expected) => Assert.Equal(expected, FigureText.Distance(distance, rule));

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(2048, "2 KB")]
    [InlineData(25000000, "25 MB")]
    public void Bytes_Size_UsesAReadableUnit(long bytes, string expected) => Assert.Equal(expected, FigureText.Bytes(bytes));

    public void Dispose() => _culture.Dispose();
}
