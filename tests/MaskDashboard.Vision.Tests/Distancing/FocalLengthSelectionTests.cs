using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Vision.Tests.Distancing;

public class FocalLengthSelectionTests
{
    private static readonly AnalysisSettings s_settings = new() { DefaultFieldOfViewDegrees = 90 };

    [Fact]
    public void Choose_ExifFocalLength_ComesFirst() =>
        Assert.Equal(new FocalLength(1234, FocalLengthSource.Exif), FocalLengthSelection.Choose(Image(400, 300, 1234), s_settings, 60));

    [Fact]
    public void Choose_SiteFieldOfView_ComesBeforeTheDefault()
    {
        var chosen = FocalLengthSelection.Choose(Image(400, 300), s_settings, 60);

        Assert.Equal(FocalLengthSource.Site, chosen.Source);
        Assert.Equal(200 * Math.Sqrt(3), chosen.Pixels, 9);
    }

    [Theory]
    [InlineData(400, 300)]
    [InlineData(300, 400)]
    public void Choose_NothingKnown_TakesTheDefaultAlongTheLongerSide(int width, int height)
    {
        var chosen = FocalLengthSelection.Choose(Image(width, height), s_settings, null);

        Assert.Equal(FocalLengthSource.DefaultFieldOfView, chosen.Source);
        Assert.Equal(200, chosen.Pixels, 9); // tan 45° = 1
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Choose_UnusableExif_FallsBack(double exif) =>
        Assert.Equal(FocalLengthSource.DefaultFieldOfView, FocalLengthSelection.Choose(Image(400, 300, exif), s_settings, null).Source);

    [Theory]
    [InlineData(0)]
    [InlineData(180)]
    public void Choose_ImpossibleSiteFieldOfView_Throws(double degrees) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FocalLengthSelection.Choose(Image(400, 300), s_settings, degrees));

    private static FrameMeasurement Image(int width, int height, double? exif = null) => new()
    {
        Width = width,
        Height = height,
        Detector = DetectorKind.YuNet,
        ExifFocalLengthPixels = exif,
        Candidates = [],
    };
}
