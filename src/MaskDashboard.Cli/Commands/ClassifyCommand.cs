using System.CommandLine;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Commands;

/// <summary><c>classify FILE...</c>: images that are one face each, without detection, as the notebook's last cell.</summary>
internal sealed class ClassifyCommand
{
    private readonly Terminal _terminal;
    private readonly VisionArguments _vision = new();
    private readonly Argument<string[]> _paths = PathArgument.Create("Images of one face each, or folders that are searched for them");
    private readonly Option<bool> _json = new("--json") { Description = "Print an array of results as JSON instead of a table" };

    public ClassifyCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("classify", "Tell mask or no mask for images that are one face each; no detection") { _paths, _json };
        _vision.AddModelsTo(Command);
        Command.SetAction((result, cancellationToken) => Task.Run(() => Run(result, cancellationToken), cancellationToken));
    }

    public Command Command { get; }

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var files = ImageFiles.Find(result.GetRequiredValue(_paths));
        var settings = new AnalysisSettings();
        var faces = new List<ClassifiedFace>();
        var failed = 0;
        using (var runtime = VisionRuntime.Open(_vision.VisionOptions(result)))
        using (var analyzer = runtime.CreateAnalyzer())
        {
            failed = new ImageWalk(_terminal).Run(files, (decoded, image) =>
            {
                var outputs = analyzer.ClassifyWhole(image);
                faces.Add(new ClassifiedFace(decoded.File.Path, AnalyzeReport.NameOf(Judgement.Label(outputs, settings)), outputs.Mask, outputs.NoMask));
            }, cancellationToken);
        }

        Print(faces, result.GetValue(_json));
        return failed == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private void Print(List<ClassifiedFace> faces, bool json)
    {
        if (json)
        {
            JsonOutput.Write(faces, "-", _terminal.Out);
            return;
        }

        if (faces.Count > 0)
        {
            var table = new TextTable("file", "label", ">mask", ">no mask");
            foreach (var face in faces)
            {
                table.Add(face.File, face.Label, Format.Percent(face.MaskProbability), Format.Percent(face.NoMaskProbability));
            }

            table.WriteTo(_terminal.Out);
        }
    }

    private sealed record ClassifiedFace(string File, string Label, float MaskProbability, float NoMaskProbability);
}
