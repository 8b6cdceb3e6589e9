using System.CommandLine;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Cli.Commands;

/// <summary>The options that several commands share: which models, which thresholds.</summary>
internal sealed class VisionArguments
{
    private const string Haar = "haar";
    private const string YuNet = "yunet";
    private const string Int8 = "int8";
    private const string Float = "fp32";
    private static readonly AnalysisSettings s_defaults = new();

    public Option<string?> Models { get; } = new("--models")
    {
        Description = "Folder with the model files; default: models/ in the current folder, else the one that came with the program", HelpName = "DIR",
    };

    public Option<string> Detector { get; } = new Option<string>("--detector") { Description = "Engine that finds faces", DefaultValueFactory = _ => YuNet }
        .AcceptOnly(Haar, YuNet);

    public Option<string?> Classifier { get; } = new Option<string?>("--classifier") { Description = "Precision of the mask classifier; default: int8 on a CPU" }
        .AcceptOnly(Int8, Float);

    public Option<double> Score { get; } = new Option<double>("--score")
    {
        Description = "YuNet: a detection counts as a face from this score on, 0.2 to 0.99; it is the weighted geometric mean of the detector's score and the classifier's stronger output", DefaultValueFactory = _ => s_defaults.MinDetectionScore, HelpName = "SCORE",
    }.Within(0.2, 0.99);

    public Option<bool> OneLook { get; } = new("--one-look") { Description = "YuNet: look at the photograph once, not at its mirror image and in another size as well; faster, less exact" };

    public Option<int> Threads { get; } = new Option<int>("--threads")
    {
        Description = "Threads for one inference; 0: one for each core", DefaultValueFactory = _ => 0, HelpName = "N",
    };

    /// <summary>Adds the options that choose and run models.</summary>
    public void AddModelsTo(Command command)
    {
        command.Options.Add(Models);
        command.Options.Add(Classifier);
        command.Options.Add(Threads);
    }

    /// <summary>Adds the options of detection.</summary>
    public void AddDetectionTo(Command command)
    {
        command.Options.Add(Detector);
        command.Options.Add(Score);
        command.Options.Add(OneLook);
    }

    /// <summary>The runtime's options as the command line has them.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="precision">The classifier's precision, where the command itself decides it.</param>
    public VisionOptions VisionOptions(ParseResult result, ClassifierPrecision? precision = null) => new()
    {
        ModelsFolder = ModelsFolder(result.GetValue(Models)),
        Classifier = precision ?? (result.GetValue(Classifier) switch
        {
            Int8 => ClassifierPrecision.Int8,
            Float => ClassifierPrecision.Fp32,
            _ => ClassifierPrecision.Auto,
        }),
        IntraOpThreads = result.GetValue(Threads),
        YuNet = new YuNetOptions { Looks = result.GetValue(OneLook) ? 1 : new YuNetOptions().Looks },
    };

    /// <summary>The analysis settings as the command line has them.</summary>
    public AnalysisSettings Settings(ParseResult result) => s_defaults with
    {
        Detector = result.GetValue(Detector) == Haar ? DetectorKind.Haar : DetectorKind.YuNet,
        MinDetectionScore = result.GetValue(Score),
    };

    /// <summary>An engine's name on the command line and in JSON.</summary>
    public static string NameOf(DetectorKind detector) => detector == DetectorKind.Haar ? Haar : YuNet;

    /// <summary>The folder asked for, else models/ here, else the nearest models/ at or above the program.</summary>
    public static string ModelsFolder(string? asked)
    {
        const string folder = "models";
        if (asked is not null || Directory.Exists(folder))
        {
            return asked ?? folder;
        }

        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var candidate = Path.Combine(parent.FullName, folder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return folder; // Opening it names the file that is missing and where it was looked for.
    }
}
