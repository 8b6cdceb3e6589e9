using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Tests.Evaluation;

public class BackgroundCropsTests
{
    [Fact]
    public void Draw_PhotographWithRoom_GivesSquaresInsideThatShowNoFace()
    {
        BoundingBox[] faces = [new(100, 100, 120, 120), new(300, 20, 30, 30)];

        var crops = BackgroundCrops.Draw(400, 300, faces, [12, 40, 80], new Random(1));

        Assert.Equal(BackgroundCrops.PerPhotograph, crops.Count);
        Assert.All(crops, crop =>
        {
            Assert.True(crop is { X: >= 0, Y: >= 0, Right: <= 400, Bottom: <= 300 });
            Assert.Contains(crop.Width, (float[])[12, 40, 80]);
            Assert.All(faces, face => Assert.InRange(crop.IntersectionOverUnion(face), 0, BackgroundCrops.MaxOverlap));
        });
    }

    [Fact]
    public void Draw_FaceFillsThePhotograph_GivesNoCropWithinIt() =>
        Assert.Empty(BackgroundCrops.Draw(400, 300, [new(0, 0, 400, 300)], [20], new Random(1)));

    [Fact]
    public void Draw_FacesLargerThanThePhotograph_GivesNone() => Assert.Empty(BackgroundCrops.Draw(40, 30, [], [50], new Random(1)));

    [Fact]
    public void Draw_SameSeed_GivesTheSame() => Assert.Equal(
        BackgroundCrops.Draw(400, 300, [], [12, 40, 80], new Random(7)), BackgroundCrops.Draw(400, 300, [], [12, 40, 80], new Random(7)));
}
