namespace MaskDashboard.Cli.Tests.Training;

public sealed class CrowdCropsTests
{
    [SkippableFact]
    public void Next_AnyScaleMirroredOrNot_LeavesTheBoxOnTheFace()
    {
        var figures = TrainingCode.Check("crops_check.py");

        Assert.True(figures["crops"] > 100, $"{figures["crops"]}");
        Assert.InRange(figures["smallest"], 0, 0.6);
        Assert.InRange(figures["largest"], 2, 4);
        // Pixels of the crop. Half a pixel would be a sixth of the smallest faces.
        Assert.InRange(figures["distance"], 0, 0.15);
    }
}
