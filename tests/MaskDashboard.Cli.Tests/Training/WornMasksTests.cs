namespace MaskDashboard.Cli.Tests.Training;

public sealed class WornMasksTests
{
    [SkippableFact]
    public void PutOn_DrawnMask_CoversTheNoseAtItsPlaceAndLeavesItBareBelow()
    {
        var figures = TrainingCode.Check("worn_masks_check.py");

        Assert.Equal(1, figures["frontal"]);
        // The drawn mask has 3,296 pixels and begins 0.28 eye distances under the eyes.
        Assert.InRange(figures["area"], 3200, 3650);
        Assert.InRange(figures["top"], 0.22, 0.36);
        Assert.InRange(figures["properNose"], 0.9, 1);
        Assert.InRange(figures["lowNose"], 0, 0.1);
        Assert.InRange(figures["lowChin"], 0.9, 1);
        // Nothing to cut out of a bare face, nothing to put on without masks; what is made has the face's own pixels.
        Assert.Equal((1, 1, 40), (figures["bareCut"], figures["empty"], figures["small"]));
    }
}
