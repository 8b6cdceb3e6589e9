using System.Globalization;
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
        var reason = options.Provider == ExecutionProviderKind.Cpu ? ProviderSentences.CpuChosen : null;
        if (reason is null && openOnDirectML is null && !OperatingSystem.IsWindows())
        {
            reason = ProviderSentences.WindowsOnly;
        }

        if (reason is null)
        {
            var classifier = TryDirectML(options, golden, openOnDirectML ?? Vgg19MaskClassifier.OpenOnDirectML, out reason);
            if (classifier is not null)
            {
                return (classifier, new ExecutionProviderReport(ExecutionProviderKind.DirectML, [reason], classifier.FileName));
            }
        }

        List<string> reasons = [reason];
        if (options.Classifier != ClassifierPrecision.Fp32)
        {
            var (int8, int8Difference) = OpenOnCpu(options, golden, Vgg19MaskClassifier.Int8FileName);
            if (int8Difference <= golden.Tolerance)
            {
                return (int8, new ExecutionProviderReport(ExecutionProviderKind.Cpu, reasons, Vgg19MaskClassifier.Int8FileName));
            }

            int8.Dispose();
            if (options.Classifier == ClassifierPrecision.Int8)
            {
                throw WrongAnswers(options, Vgg19MaskClassifier.Int8FileName, int8Difference);
            }

            reasons.Add(With(ProviderSentences.Int8Wrong, int8Difference));
        }

        var (onCpu, difference) = OpenOnCpu(options, golden, Vgg19MaskClassifier.FloatFileName);
        if (difference <= golden.Tolerance)
        {
            return (onCpu, new ExecutionProviderReport(ExecutionProviderKind.Cpu, reasons, Vgg19MaskClassifier.FloatFileName));
        }

        onCpu.Dispose();
        throw WrongAnswers(options, Vgg19MaskClassifier.FloatFileName, difference);
    }

    private static (Vgg19MaskClassifier Classifier, double Difference) OpenOnCpu(VisionOptions options, GoldenBatch golden, string file)
    {
        var classifier = Vgg19MaskClassifier.OpenOnCpu(Path.Combine(options.ModelsFolder, file), options.IntraOpThreads);
        return (classifier, golden.LargestDifference(classifier.ClassifyWhole));
    }

    private static string With(string sentence, double difference) => string.Format(CultureInfo.InvariantCulture, sentence, difference.ToString("0.000", CultureInfo.InvariantCulture));

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
                reason = ProviderSentences.DirectMLRight;
                return classifier;
            }

            reason = With(ProviderSentences.DirectMLWrong, difference);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            reason = string.Format(CultureInfo.InvariantCulture, ProviderSentences.DirectMLUnusable, exception.GetType().Name);
        }

        classifier?.Dispose();
        return null;
    }
}
