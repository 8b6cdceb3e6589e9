using System.Security.Cryptography;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Vision;

/// <summary>The models, opened and checked once for the process. Makes one <see cref="FrameAnalyzer"/> for each worker.</summary>
public sealed class VisionRuntime : IDisposable
{
    private readonly string _cascadePath;
    private readonly string _cascadeVersion;
    private readonly YuNetFaceDetector _yuNet;
    private readonly Vgg19MaskClassifier _classifier;

    private VisionRuntime(VisionOptions options)
    {
        Options = options;
        Decoder = new ImageDecoder(options.Decoding);
        _cascadePath = Path.Combine(options.ModelsFolder, HaarFaceDetector.FileName);
        using (new HaarFaceDetector(_cascadePath))
        {
            // Opened once to know at the start, not at the first photograph, that the file is sound.
            _cascadeVersion = "haar@" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_cascadePath)))[..8];
        }

        _yuNet = new YuNetFaceDetector(Path.Combine(options.ModelsFolder, YuNetFaceDetector.FileName), options.YuNet, options.IntraOpThreads);
        try
        {
            (_classifier, ExecutionProvider) = ClassifierFactory.Open(options);
        }
        catch
        {
            _yuNet.Dispose();
            throw;
        }
    }

    /// <summary>Options, with the models folder resolved.</summary>
    public VisionOptions Options { get; }

    /// <summary>Decodes uploads within the limits.</summary>
    public ImageDecoder Decoder { get; }

    /// <summary>What computes the classifier and why.</summary>
    public ExecutionProviderReport ExecutionProvider { get; }

    /// <summary>Moving average of the classifier's time for one face, milliseconds; zero before the first.</summary>
    public double ClassifyMillisecondsPerFace => _classifier.MillisecondsPerFace;

    /// <summary>Opens and checks every model.</summary>
    /// <param name="options">Where they are and how they run.</param>
    /// <exception cref="ModelFileException">A file is missing or damaged; the message is one line for the person who starts the program.</exception>
    public static VisionRuntime Open(VisionOptions options)
    {
        options.ModelsFolder = ResolveFolder(options.ModelsFolder);
        return new VisionRuntime(options);
    }

    /// <summary>Names the classifier's file.</summary>
    public string ClassifierVersion => _classifier.ModelVersion;

    /// <summary>Names the files that make results with a detector; stored with every result.</summary>
    /// <param name="detector">The engine.</param>
    public string ModelVersion(DetectorKind detector) =>
        $"{(detector == DetectorKind.Haar ? _cascadeVersion : _yuNet.ModelVersion)} + {_classifier.ModelVersion}";

    /// <summary>Makes an analyzer for one worker; the models are shared, the cascade is its own.</summary>
    public FrameAnalyzer CreateAnalyzer() => new(new HaarFaceDetector(_cascadePath), _yuNet, _classifier);

    /// <inheritdoc />
    public void Dispose()
    {
        _yuNet.Dispose();
        _classifier.Dispose();
    }

    private static string ResolveFolder(string folder)
    {
        var inCurrentFolder = Path.GetFullPath(folder);
        var besideProgram = Path.GetFullPath(folder, AppContext.BaseDirectory);
        return Directory.Exists(inCurrentFolder) || !Directory.Exists(besideProgram) ? inCurrentFolder : besideProgram;
    }
}
