using Microsoft.ML.OnnxRuntime;

namespace MaskDashboard.Vision.Classification;

/// <summary>Opens the classifier on the best provider that works, and says which and why.</summary>
internal static class ClassifierFactory
{
    /// <summary>Opens the classifier.</summary>
    /// <param name="options">Folder, precision and provider asked for.</param>
    /// <param name="openOnDirectML">Opens the float model on DirectML; tests put a fake here.</param>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    public static (Vgg19MaskClassifier Classifier, ExecutionProviderReport Report) Open(
        VisionOptions options, Func<string, int, Vgg19MaskClassifier>? openOnDirectML = null)
    {
        var golden = GoldenBatch.Load(options.ModelsFolder);
        var reason = options.Provider == ExecutionProviderKind.Cpu ? "The CPU was chosen in the settings." : null;
        if (reason is null && openOnDirectML is null && !OperatingSystem.IsWindows())
        {
            reason = "DirectML exists on Windows only.";
        }

        if (reason is null)
        {
            var classifier = TryDirectML(options, golden, openOnDirectML ?? Vgg19MaskClassifier.OpenOnDirectML, out reason);
            if (classifier is not null)
            {
                return (classifier, new ExecutionProviderReport(ExecutionProviderKind.DirectML, reason, classifier.FileName));
            }
        }

        var file = options.Classifier == ClassifierPrecision.Fp32 ? Vgg19MaskClassifier.FloatFileName : Vgg19MaskClassifier.Int8FileName;
        var path = Path.Combine(options.ModelsFolder, file);
        var onCpu = Vgg19MaskClassifier.OpenOnCpu(path, options.IntraOpThreads);
        var difference = golden.LargestDifference(onCpu.ClassifyWhole);
        if (difference <= golden.Tolerance)
        {
            return (onCpu, new ExecutionProviderReport(ExecutionProviderKind.Cpu, reason, file));
        }

        onCpu.Dispose();
        throw new ModelFileException(path, $"does not give the answers stored in golden/expected.json (off by {difference:0.000})");
    }

    private static Vgg19MaskClassifier? TryDirectML(
        VisionOptions options, GoldenBatch golden, Func<string, int, Vgg19MaskClassifier> open, out string reason)
    {
        Vgg19MaskClassifier? classifier = null;
        try
        {
            classifier = open(Path.Combine(options.ModelsFolder, Vgg19MaskClassifier.FloatFileName), options.DirectMLDeviceId);
            var difference = golden.LargestDifference(classifier.ClassifyWhole);
            if (difference <= golden.Tolerance)
            {
                reason = "DirectML gives the stored answers on this graphics card.";
                return classifier;
            }

            reason = $"DirectML gives wrong answers on this graphics card (off by {difference:0.000}); the CPU computes instead.";
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            reason = $"DirectML cannot be used here ({exception.GetType().Name}); the CPU computes instead.";
        }

        classifier?.Dispose();
        return null;
    }
}
