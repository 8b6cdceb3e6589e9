using System.CommandLine;
using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Cli.Commands;

/// <summary><c>check-haar --images DIR... --reference FILE</c>: whether the Haar engine and the distance rule give what the notebook gives.</summary>
internal sealed class CheckHaarCommand
{
    private readonly Terminal _terminal;
    private readonly VisionArguments _vision = new();
    private readonly Option<string[]> _images = new("--images")
    {
        Description = "Folders with the photographs of the reference", Required = true, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore, HelpName = "DIR",
    };

    private readonly Option<string> _reference = new("--reference") { Description = "JSON file of expected boxes and too-close flags", Required = true, HelpName = "FILE" };

    public CheckHaarCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("check-haar", "Compare the Haar engine's boxes and too-close flags with a reference") { _images, _reference, _vision.Models };
        Command.SetAction((result, cancellationToken) => Task.Run(() => Run(result, cancellationToken), cancellationToken));
    }

    public Command Command { get; }

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var (settings, expected) = HaarReference.Read(result.GetRequiredValue(_reference));
        var files = ImageFiles.Find(result.GetRequiredValue(_images)).Where(file => expected.ContainsKey(NameOf(file))).ToList();
        var missing = expected.Keys.Except(files.Select(NameOf)).Order(StringComparer.Ordinal).ToList();
        var differences = new List<string>();
        int unreadable;
        using (var detector = new HaarFaceDetector(Path.Combine(VisionArguments.ModelsFolder(result.GetValue(_vision.Models)), HaarFaceDetector.FileName)))
        {
            unreadable = new ImageWalk(_terminal).Run(files, (decoded, image) =>
            {
                if (expected[NameOf(decoded.File)].Difference(Analyze(detector, image, settings, cancellationToken)) is { } difference)
                {
                    differences.Add($"{decoded.File.Path}: {difference}");
                }
            }, cancellationToken);
        }

        foreach (var difference in differences)
        {
            _terminal.WriteError(difference);
        }

        var differing = unreadable + differences.Count;
        foreach (var name in missing)
        {
            _terminal.WriteError($"{name}: in the reference, but not in the folders given.");
        }

        _terminal.Out.WriteLine($"{files.Count - differing} of {expected.Count} images agree with the reference in every box and too-close flag (MIN_DISTANCE {Format.Number(settings.MinDistancePixelsTopLeft, "0.##")} pixels); {differing} differ, {missing.Count} are missing.");
        return differing == 0 && missing.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private static FrameAnalysis Analyze(HaarFaceDetector detector, DecodedImage image, AnalysisSettings settings, CancellationToken cancellationToken) => Judgement.Judge(
        new FrameMeasurement
        {
            Width = image.Width,
            Height = image.Height,
            Detector = DetectorKind.Haar,
            // Masks are not asked for here: the outputs stay zero.
            Candidates = [.. detector.Detect(image.Bgr, settings, cancellationToken).Select(detection => new FaceCandidate(detection, default))],
        },
        settings);

    private static string NameOf(ImageFile file) => Path.GetFileNameWithoutExtension(file.RelativePath);
}
