using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Cli.Tests.Training;

public sealed class RefinementsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Load_WeightsWithAndWithoutRefinements_AnswersAsTheFileDid()
    {
        var figures = TrainingCode.Check(
            "refinements_check.py", Path.Combine(Repository.Models, YuNetFaceDetector.FileName), Repository.Sample("group.jpg"), _folder.Path);

        Assert.Equal(0, figures["published"]);
        // What the committed network's refinements learnt does change its answers.
        Assert.True(figures["learnt"] > 0.01, $"{figures["learnt"]}");
        Assert.InRange(figures["again"], 0, 0.001);
    }
}
