using System.Diagnostics;
using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Metrics;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Runs the classifier over images of one face each.</summary>
/// <param name="terminal">Where progress and failures are written.</param>
internal sealed class PatchEvaluation(Terminal terminal)
{
    private readonly ImageDecoder _decoder = new(new DecodingOptions());

    /// <summary>Images that could not be used so far.</summary>
    public int Failed { get; private set; }

    /// <summary>Hashes of all images by class, to leave near-duplicates of them out.</summary>
    public ILookup<bool, ulong> Hashes(FacePatches patches, CancellationToken cancellationToken)
    {
        var hashes = new List<(bool IsMask, ulong Hash)>();
        ForEach(patches, "images to compare with", (patch, image) => hashes.Add((patch.IsMask, PerceptualHash.Of(image.Bgr))), cancellationToken);
        return hashes.ToLookup(item => item.IsMask, item => item.Hash);
    }

    /// <summary>Evaluates.</summary>
    /// <param name="runtime">The models.</param>
    /// <param name="patches">The images.</param>
    /// <param name="known">Hashes by class whose near-duplicates are left out; null to keep all.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public PatchReport Run(VisionRuntime runtime, FacePatches patches, ILookup<bool, ulong>? known, CancellationToken cancellationToken)
    {
        using var analyzer = runtime.CreateAnalyzer();
        var judged = new List<(string Name, bool IsMask, MaskProbabilities Outputs)>();
        var (dropped, classifyMilliseconds) = (0, 0.0);
        ForEach(patches, "images", (patch, image) =>
        {
            if (known is not null && IsNearDuplicate(image, known[patch.IsMask]))
            {
                dropped++;
                return;
            }

            var start = Stopwatch.GetTimestamp();
            judged.Add((patch.Name, patch.IsMask, analyzer.ClassifyWhole(image)));
            classifyMilliseconds += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }, cancellationToken);
        return PatchReport.Of(judged, dropped, runtime.ClassifierVersion, classifyMilliseconds);
    }

    private void ForEach(FacePatches patches, string unit, Action<FacePatch, DecodedImage> work, CancellationToken cancellationToken)
    {
        using var progress = new ProgressBar(terminal.Error, terminal.ErrorIsTerminal, patches.Count, unit, terminal.Clock);
        foreach (var patch in patches.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var image = _decoder.Decode(patch.Content);
                work(patch, image);
            }
            catch (ImageRejectedException error)
            {
                Failed++;
                progress.WriteLine(Terminal.ErrorLine($"{patch.Name}: {error.Message}"));
            }

            progress.Step();
        }
    }

    private static bool IsNearDuplicate(DecodedImage image, IEnumerable<ulong> known)
    {
        var hash = PerceptualHash.Of(image.Bgr);
        return known.Any(other => PerceptualHash.Distance(hash, other) <= PerceptualHash.MaxNearDuplicateBits);
    }
}
