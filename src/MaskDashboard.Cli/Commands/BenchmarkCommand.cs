using System.CommandLine;
using System.Diagnostics;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Cli.Commands;

/// <summary>
/// <c>benchmark FILE|DIR...</c>: how fast the models are here. Only ratios from one run can be compared with another machine's, so the
/// rivals take turns within the run and each is judged by the median of its turns.
/// </summary>
internal sealed class BenchmarkCommand
{
    private const int BatchFaces = 8;
    private readonly Terminal _terminal;
    private readonly VisionArguments _vision = new();
    private readonly Argument<string[]> _paths = PathArgument.Create("Photographs, or folders that are searched for them");
    private readonly Option<int> _images = new("--images") { Description = "Take at most this many photographs", DefaultValueFactory = _ => 20, HelpName = "N" };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Turns of each rival", DefaultValueFactory = _ => 5, HelpName = "N" };
    private readonly Option<string?> _json = new("--json") { Description = "Write the figures as JSON here; - is standard output, instead of the table", HelpName = "FILE" };

    public BenchmarkCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("benchmark", "Measure the models' speed against each other in one run") { _paths, _images, _rounds, _json, _vision.Models, _vision.Threads };
        foreach (var count in (Option<int>[])[_images, _rounds])
        {
            count.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1)
                {
                    result.AddError($"{count.Name} has to be at least 1.");
                }
            });
        }

        Command.SetAction((result, cancellationToken) => Task.Run(() => Run(result, cancellationToken), cancellationToken));
    }

    public Command Command { get; }

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var files = ImageFiles.Find(result.GetRequiredValue(_paths)).Take(result.GetValue(_images)).ToList();
        using var int8 = VisionRuntime.Open(_vision.VisionOptions(result, ClassifierPrecision.Int8));
        using var fp32 = VisionRuntime.Open(_vision.VisionOptions(result, ClassifierPrecision.Fp32));
        using var int8Analyzer = int8.CreateAnalyzer();
        using var fp32Analyzer = fp32.CreateAnalyzer();
        var images = new DecodedFiles(new DecodingOptions()).Read(files).ToList();
        try
        {
            foreach (var failed in images.Where(decoded => decoded.Image is null))
            {
                _terminal.WriteError($"{failed.File.Path}: {failed.Failure}");
            }

            var usable = images.Where(decoded => decoded.Image is not null).Select(decoded => decoded.Image!).ToList();
            if (usable.Count == 0)
            {
                throw new InputException("None of the images can be used.");
            }

            var report = Measure(usable, int8Analyzer, fp32Analyzer, result.GetValue(_rounds), cancellationToken);
            Print(report, result.GetValue(_json));
            return usable.Count == files.Count ? ExitCode.Success : ExitCode.Failed;
        }
        finally
        {
            images.ForEach(decoded => decoded.Image?.Dispose());
        }
    }

    private BenchmarkReport Measure(List<DecodedImage> images, FrameAnalyzer int8, FrameAnalyzer fp32, int rounds, CancellationToken cancellationToken)
    {
        // The middle of the image: the time of one look at a face does not depend on what it shows.
        BoundingBox[] Faces(DecodedImage image, int count) =>
            [.. Enumerable.Repeat(new BoundingBox(image.Width / 4f, image.Height / 4f, image.Width / 2f, image.Width / 2f), count)];
        var settings = new AnalysisSettings();
        var found = images.ConvertAll(image => (Image: image, Boxes: int8.Detect(image, DetectorKind.YuNet, settings).Select(face => face.Box).ToList()));
        (string Name, int Per, Action Turn)[] rivals =
        [
            ("int8 batch", BatchFaces, () => int8.ClassifyOnce(images[0], Faces(images[0], BatchFaces), cancellationToken)),
            ("fp32 batch", BatchFaces, () => fp32.ClassifyOnce(images[0], Faces(images[0], BatchFaces), cancellationToken)),
            ("int8 single", 1, () => int8.ClassifyOnce(images[0], Faces(images[0], 1), cancellationToken)),
            ("fp32 single", 1, () => fp32.ClassifyOnce(images[0], Faces(images[0], 1), cancellationToken)),
            ("one look", images.Count, () => found.ForEach(faces => int8.ClassifyOnce(faces.Image, faces.Boxes, cancellationToken))),
            ("second look", images.Count, () => found.ForEach(faces => int8.Classify(faces.Image, faces.Boxes, cancellationToken))),
            ("yunet", images.Count, () => images.ForEach(image => int8.Detect(image, DetectorKind.YuNet, settings))),
            ("haar", images.Count, () => images.ForEach(image => int8.Detect(image, DetectorKind.Haar, settings))),
        ];
        var times = rivals.ToDictionary(rival => rival.Name, _ => new List<double>());
        using var progress = new ProgressBar(_terminal.Error, _terminal.ErrorIsTerminal, (rounds + 1) * rivals.Length, "turns", _terminal.Clock);
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, per, turn) in rivals)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                turn();
                if (round > 0) // The first turn warms up.
                {
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / per);
                }

                progress.Step();
            }
        }

        double Median(string name) => times[name].Order().ElementAt(times[name].Count / 2);
        return new BenchmarkReport
        {
            Images = images.Count,
            Rounds = rounds,
            Processors = Environment.ProcessorCount,
            Int8PerFaceInBatch = Median("int8 batch"),
            Fp32PerFaceInBatch = Median("fp32 batch"),
            Int8PerFaceAlone = Median("int8 single"),
            Fp32PerFaceAlone = Median("fp32 single"),
            OneLookPerImage = Median("one look"),
            SecondLookPerImage = Median("second look"),
            YuNetPerImage = Median("yunet"),
            HaarPerImage = Median("haar"),
        };
    }

    private void Print(BenchmarkReport report, string? json)
    {
        if (json is not null)
        {
            JsonOutput.Write(report, json, _terminal.Out);
        }

        if (json == "-")
        {
            return;
        }

        _terminal.Out.WriteLine($"{report.Images} images, {report.Rounds} turns each, {report.Processors} processors; medians.");
        _terminal.Out.WriteLine();
        var table = new TextTable("milliseconds", ">int8", ">fp32", ">fp32 / int8");
        table.Add($"a face in batches of {BatchFaces}", Ms(report.Int8PerFaceInBatch), Ms(report.Fp32PerFaceInBatch), Ratio(report.Int8SpeedupInBatch));
        table.Add("a face alone", Ms(report.Int8PerFaceAlone), Ms(report.Fp32PerFaceAlone), Ratio(report.Int8SpeedupAlone));
        table.WriteTo(_terminal.Out);
        _terminal.Out.WriteLine();
        table = new TextTable("milliseconds", ">one look", ">and a second where in doubt", ">second / one");
        table.Add("the candidates of an image, int8", Ms(report.OneLookPerImage), Ms(report.SecondLookPerImage), Ratio(report.SecondLookPerImage / report.OneLookPerImage));
        table.WriteTo(_terminal.Out);
        _terminal.Out.WriteLine();
        table = new TextTable("milliseconds", ">YuNet", ">Haar", ">Haar / YuNet");
        table.Add("an image", Ms(report.YuNetPerImage), Ms(report.HaarPerImage), Ratio(report.HaarPerImage / report.YuNetPerImage));
        table.WriteTo(_terminal.Out);
    }

    private static string Ms(double milliseconds) => Format.Number(milliseconds, "0.0");

    private static string Ratio(double ratio) => Format.Number(ratio, "0.00");

    private sealed record BenchmarkReport
    {
        public required int Images { get; init; }

        public required int Rounds { get; init; }

        public required int Processors { get; init; }

        public required double Int8PerFaceInBatch { get; init; }

        public required double Fp32PerFaceInBatch { get; init; }

        public required double Int8PerFaceAlone { get; init; }

        public required double Fp32PerFaceAlone { get; init; }

        public required double OneLookPerImage { get; init; }

        public required double SecondLookPerImage { get; init; }

        public required double YuNetPerImage { get; init; }

        public required double HaarPerImage { get; init; }

        public double Int8SpeedupInBatch => Fp32PerFaceInBatch / Int8PerFaceInBatch;

        public double Int8SpeedupAlone => Fp32PerFaceAlone / Int8PerFaceAlone;
    }
}
