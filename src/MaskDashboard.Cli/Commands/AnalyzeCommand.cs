using System.CommandLine;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Commands;

/// <summary><c>analyze FILE|DIR...</c>: the whole pipeline on photographs.</summary>
internal sealed class AnalyzeCommand
{
    private readonly Terminal _terminal;
    private readonly VisionArguments _vision = new();
    private readonly DistanceArguments _distance = new();
    private readonly Argument<string[]> _paths = PathArgument.Create("Photographs, or folders that are searched for them");
    private readonly Option<bool> _json = new("--json") { Description = "Print an array of results as JSON instead of a table" };
    private readonly Option<string?> _annotated = new("--annotated") { Description = "Write annotated images here", HelpName = "DIR" };
    private readonly Option<bool> _blurFaces = new("--blur-faces") { Description = "With --annotated: make every face unrecognisable first" };

    public AnalyzeCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("analyze", "Find faces, tell who wears a mask and who stands too close") { _paths, _json, _annotated, _blurFaces };
        _vision.AddDetectionTo(Command);
        _distance.AddTo(Command);
        _vision.AddModelsTo(Command);
        Command.SetAction((result, cancellationToken) => Task.Run(() => Run(result, cancellationToken), cancellationToken));
    }

    public Command Command { get; }

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var files = ImageFiles.Find(result.GetRequiredValue(_paths));
        var settings = _distance.Apply(_vision.Settings(result), result);
        var annotatedFolder = result.GetValue(_annotated) is { } folder ? new AnnotatedFolder(folder, result.GetValue(_blurFaces)) : null;
        var reports = new List<AnalyzeReport>();
        var failed = 0;
        using (annotatedFolder)
        using (var runtime = VisionRuntime.Open(_vision.VisionOptions(result)))
        using (var analyzer = runtime.CreateAnalyzer())
        {
            failed = new ImageWalk(_terminal).Run(files, (decoded, image) =>
            {
                var analysis = analyzer.Analyze(image, settings, result.GetValue(_distance.FieldOfView), cancellationToken);
                annotatedFolder?.Write(decoded.File, image, analysis);
                reports.Add(AnalyzeReport.Of(decoded.File.Path, analysis));
            }, cancellationToken);
        }

        Print(reports, result.GetValue(_json));
        return failed == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private void Print(List<AnalyzeReport> reports, bool json)
    {
        if (json)
        {
            JsonOutput.Write(reports, "-", _terminal.Out);
        }
        else
        {
            AnalyzeTable.Write(reports, _terminal.Out);
        }
    }
}
