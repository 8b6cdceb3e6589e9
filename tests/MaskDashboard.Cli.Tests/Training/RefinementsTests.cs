using System.Globalization;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Cli.Tests.Training;

public sealed class RefinementsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Load_WeightsWithAndWithoutRefinements_AnswersAsTheFileDid()
    {
        var figures = TrainingCode.Run(
                Path.Combine(Repository.TrainingChecks, "refinements_check.py"),
                Path.Combine(Repository.Models, "training"),
                Path.Combine(Repository.Models, YuNetFaceDetector.FileName),
                Path.Combine(Repository.Samples, "group.jpg"),
                _folder.Path)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));

        Assert.Equal(0, figures["published"]);
        // What the committed network's refinements learnt does change its answers.
        Assert.True(figures["learnt"] > 0.01, $"{figures["learnt"]}");
        Assert.InRange(figures["again"], 0, 0.001);
    }
}
