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

        if (options.Classifier != ClassifierPrecision.Fp32)
        {
            var (int8, int8Difference) = OpenOnCpu(options, golden, Vgg19MaskClassifier.Int8FileName);
            if (int8Difference <= golden.Tolerance)
            {
                return (int8, new ExecutionProviderReport(ExecutionProviderKind.Cpu, reason, Vgg19MaskClassifier.Int8FileName));
            }

            int8.Dispose();
            if (options.Classifier == ClassifierPrecision.Int8)
            {
                throw WrongAnswers(options, Vgg19MaskClassifier.Int8FileName, int8Difference);
            }

            reason += $" The 8-bit model gives wrong answers on this CPU (off by {int8Difference:0.000}); the slower float model computes instead.";
        }

        var (onCpu, difference) = OpenOnCpu(options, golden, Vgg19MaskClassifier.FloatFileName);
        if (difference <= golden.Tolerance)
        {
            return (onCpu, new ExecutionProviderReport(ExecutionProviderKind.Cpu, reason, Vgg19MaskClassifier.FloatFileName));
        }

        onCpu.Dispose();
        throw WrongAnswers(options, Vgg19MaskClassifier.FloatFileName, difference);
    }

    private static (Vgg19MaskClassifier Classifier, double Difference) OpenOnCpu(VisionOptions options, GoldenBatch golden, string file)
    {
        var classifier = Vgg19MaskClassifier.OpenOnCpu(Path.Combine(options.ModelsFolder, file), options.IntraOpThreads);
        return (classifier, golden.LargestDifference(classifier.ClassifyWhole));
    }

    private static ModelFileException WrongAnswers(VisionOptions options, string file, double difference) =>
        new(Path.Combine(options.ModelsFolder, file), $"does not give the answers stored in golden/expected.json (off by {difference:0.000})");

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
