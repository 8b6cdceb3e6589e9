using System.CommandLine;
using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Commands;

/// <summary><c>evaluate --images DIR --annotations DIR</c>: every published figure, from photographs with annotated faces.</summary>
internal sealed class EvaluateCommand
{
    private readonly Terminal _terminal;
    private readonly VisionArguments _vision = new();
    private readonly Option<string> _images = new("--images") { Description = "Folder with photographs", Required = true, HelpName = "DIR" };
    private readonly Option<string> _annotations = new("--annotations") { Description = "Folder with PASCAL VOC files of the same names", Required = true, HelpName = "DIR" };
    private readonly Option<string?> _json = new("--json") { Description = "Write the figures as JSON here; - is standard output, instead of the tables", HelpName = "FILE" };

    public EvaluateCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("evaluate", "Measure detection, classification and speed on annotated photographs") { _images, _annotations, _json };
        _vision.AddDetectionTo(Command);
        _vision.AddModelsTo(Command);
        Command.SetAction((result, cancellationToken) => Task.Run(() => Run(result, cancellationToken), cancellationToken));
    }

    public Command Command { get; }

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var settings = _vision.Settings(result);
        var (photographs, failures) = AnnotatedPhotographs.Find(result.GetRequiredValue(_images), result.GetRequiredValue(_annotations));
        foreach (var failure in failures)
        {
            _terminal.WriteError(failure);
        }

        var options = _vision.VisionOptions(result);
        options.YuNet.ScoreFloor = PhotographMeasurement.ScoreFloor;
        using var runtime = VisionRuntime.Open(options);
        var facts = Measure(runtime, settings, photographs, cancellationToken);
        if (facts.Count == 0)
        {
            throw new InputException($"{result.GetValue(_images)}: none of the {photographs.Count} images can be used.");
        }

        var report = ReportComputation.Of(facts, settings, runtime.ModelVersion(settings.Detector));
        var json = result.GetValue(_json);
        if (json is not null)
        {
            JsonOutput.Write(report, json, _terminal.Out);
        }

        if (json != "-")
        {
            EvaluationTable.Write(report, _terminal.Out);
        }

        return failures.Count == 0 && facts.Count == photographs.Count ? ExitCode.Success : ExitCode.Failed;
    }

    private List<PhotographFacts> Measure(
        VisionRuntime runtime, AnalysisSettings settings, IReadOnlyList<AnnotatedPhotograph> photographs, CancellationToken cancellationToken)
    {
        using var analyzer = runtime.CreateAnalyzer();
        var measurement = new PhotographMeasurement(
            analyzer, settings, [.. photographs.SelectMany(photograph => photograph.Faces).Select(face => face.LongerSide)]);
        var byFile = photographs.ToDictionary(photograph => photograph.File);
        var facts = new List<PhotographFacts>();
        new ImageWalk(_terminal).RunTimed(
            [.. byFile.Keys],
            (decoded, image) => facts.Add(measurement.Measure(byFile[decoded.File], image, decoded.DecodeMilliseconds, cancellationToken)),
            cancellationToken);
        return facts;
    }
}
