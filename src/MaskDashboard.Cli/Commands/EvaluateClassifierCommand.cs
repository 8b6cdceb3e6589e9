using System.CommandLine;
using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Metrics;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Commands;

/// <summary><c>evaluate-classifier --zip FILE|--images DIR</c>: the classifier on images of one face each, in folders by class.</summary>
internal sealed class EvaluateClassifierCommand
{
    private readonly Terminal _terminal;
    private readonly VisionArguments _vision = new();
    private readonly Option<string?> _zip = new("--zip") { Description = "Zip file with folders WithMask/ and WithoutMask/; it is not unpacked", HelpName = "FILE" };
    private readonly Option<string?> _images = new("--images") { Description = "Folder with folders WithMask/ and WithoutMask/", HelpName = "DIR" };
    private readonly Option<string?> _other = new("--without-near-duplicates-of")
    {
        Description = $"Leave out images that nearly equal one of the same class in this zip file (64-bit DCT hash within {PerceptualHash.MaxNearDuplicateBits} bits), for instance the training set", HelpName = "ZIP",
    };

    private readonly Option<string?> _json = new("--json") { Description = "Write the figures as JSON here; - is standard output, instead of the table", HelpName = "FILE" };

    public EvaluateClassifierCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("evaluate-classifier", "Measure the mask classifier on images of one face each") { _zip, _images, _other, _json };
        _vision.AddModelsTo(Command);
        Command.Validators.Add(result =>
        {
            if (result.GetResult(_zip) is null == result.GetResult(_images) is null)
            {
                result.AddError("Give either --zip FILE or --images DIR.");
            }
        });
        Command.SetAction((result, cancellationToken) => Task.Run(() => Run(result, cancellationToken), cancellationToken));
    }

    public Command Command { get; }

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var patches = result.GetValue(_zip) is { } zip ? FacePatches.OpenZip(zip) : FacePatches.OpenFolder(result.GetValue(_images)!);
        var evaluation = new PatchEvaluation(_terminal);
        var known = result.GetValue(_other) is { } other ? evaluation.Hashes(FacePatches.OpenZip(other), cancellationToken) : null;
        using var runtime = VisionRuntime.Open(_vision.VisionOptions(result));
        var report = evaluation.Run(runtime, patches, known, cancellationToken);
        var json = result.GetValue(_json);
        if (json is not null)
        {
            JsonOutput.Write(report, json, _terminal.Out);
        }

        if (json != "-")
        {
            Print(report);
        }

        return evaluation.Failed == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private void Print(PatchReport report)
    {
        _terminal.Out.WriteLine($"{report.Images} images of one face each, {report.NearDuplicatesDropped} near-duplicates left out. Model: {report.Model}");
        _terminal.Out.WriteLine();
        var table = new TextTable("classifier", ">");
        table.Add("accuracy", Format.Percent(report.Accuracy, report.AccuracyInterval));
        table.Add("balanced accuracy", Format.Percent(report.BalancedAccuracy));
        table.Add($"calibration error (ECE, {CalibrationError.Bins} bins)", Format.Percent(report.Ece));
        table.Add("ms a face", Format.Number(report.ClassifyPerFace, "0.0"));
        table.WriteTo(_terminal.Out);
        _terminal.Out.WriteLine();
        ConfusionTable.Write("true \\ called", report.Confusion, _terminal.Out);
        foreach (var name in report.Wrong)
        {
            _terminal.Out.WriteLine($"wrong: {name}");
        }
    }
}
