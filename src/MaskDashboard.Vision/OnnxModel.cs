using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace MaskDashboard.Vision;

/// <summary>An ONNX file and a session on it, checked for the inputs and outputs the program relies on. One session serves many threads.</summary>
internal sealed class OnnxModel : IDisposable
{
    private OnnxModel(string path, string version, InferenceSession session)
    {
        FileName = Path.GetFileName(path);
        Version = version;
        Session = session;
    }

    /// <summary>Name of the file.</summary>
    public string FileName { get; }

    /// <summary>Version from the file's metadata and the first eight digits of its SHA-256.</summary>
    public string Version { get; }

    /// <summary>The session.</summary>
    public InferenceSession Session { get; }

    /// <summary>Opens a model.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">Session options; disposed here.</param>
    /// <param name="outputs">Outputs the file must have besides the input <c>input</c>.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or another model.</exception>
    public static OnnxModel Open(string path, SessionOptions options, IReadOnlyCollection<string> outputs)
    {
        using var _ = options;
        if (!File.Exists(path))
        {
            throw new ModelFileException(path, "is missing");
        }

        InferenceSession session;
        try
        {
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelFileException(path, "is damaged", exception);
        }

        if (!session.InputMetadata.ContainsKey("input") || outputs.Any(name => !session.OutputMetadata.ContainsKey(name)))
        {
            session.Dispose();
            throw new ModelFileException(path, "is not the model this program expects");
        }

        using var file = File.OpenRead(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file))[..8];
        var name = session.ModelMetadata.CustomMetadataMap.GetValueOrDefault("model_version", Path.GetFileNameWithoutExtension(path));
        return new OnnxModel(path, $"{name}@{digest}", session);
    }

    /// <summary>Session options for the CPU: threads set, no spinning, so that waiting workers leave the cores to others.</summary>
    /// <param name="intraOpThreads">Threads for one run; 0 for the number of cores.</param>
    public static SessionOptions CpuOptions(int intraOpThreads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = intraOpThreads == 0 ? Environment.ProcessorCount : intraOpThreads,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        // Without VNNI the fast kernel for unsigned activations and signed weights adds pairs of products in 16 bits and cuts
        // them off, which makes the 8-bit classifier's answers wrong. This lets ONNX Runtime take a slower, exact one there.
        options.AddSessionConfigEntry("session.x64quantprecision", "1");
        return options;
    }

    /// <inheritdoc />
    public void Dispose() => Session.Dispose();
}
