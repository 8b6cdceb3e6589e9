using System.Diagnostics.Metrics;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Monitoring;

/// <summary>
/// What the program counts and times of itself, meter <c>MaskDashboard</c>. Images per second are the rate of
/// <c>maskdashboard.analyses</c>.
/// </summary>
public sealed class DashboardMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MaskDashboard";

    /// <summary>Name of the histogram of stage times.</summary>
    internal const string StageDuration = "maskdashboard.stage.duration";

    /// <summary>Upper bounds of that histogram's buckets, seconds: from a small face to a crowd on a slow machine.</summary>
    internal static readonly double[] StageBucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Counter<long> _analyses;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _faces;
    private readonly Histogram<double> _stages;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes meters.</param>
    /// <param name="contexts">Makes contexts, to count the queue when somebody asks.</param>
    /// <param name="runtime">What computes.</param>
    public DashboardMetrics(IMeterFactory meters, IDbContextFactory<DashboardDbContext> contexts, VisionRuntime runtime)
    {
        var meter = meters.Create(MeterName);
        _analyses = meter.CreateCounter<long>("maskdashboard.analyses", "{analysis}", "Analyses that ended, by detector and state.");
        _failures = meter.CreateCounter<long>("maskdashboard.failures", "{analysis}", "Analyses that failed, by reason.");
        _faces = meter.CreateCounter<long>("maskdashboard.faces", "{face}", "Counted faces, by label.");
        _stages = meter.CreateHistogram<double>(StageDuration, "s", "Time of an analysis by stage.");
        meter.CreateObservableGauge("maskdashboard.queue.depth", () => Depth(contexts), "{analysis}", "Analyses by state: queued, running, failed.");
        meter.CreateObservableGauge(
            "maskdashboard.execution.provider",
            () => new Measurement<int>(1, new("provider", runtime.ExecutionProvider.Provider.ToString()), new("model", runtime.ExecutionProvider.ModelFile)),
            description: "Always 1; the labels say what computes the classifier.");
    }

    /// <summary>Counts an analysis that finished.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="decodeMilliseconds">Reading and decoding.</param>
    public void Finished(FrameAnalysis result, double decodeMilliseconds)
    {
        _analyses.Add(1, new("detector", Name(result.Measurement.Detector)), new("state", "done"));
        var figures = result.Figures;
        _faces.Add(figures.Mask, new KeyValuePair<string, object?>("label", "mask"));
        _faces.Add(figures.NoMask, new KeyValuePair<string, object?>("label", "no_mask"));
        _faces.Add(figures.Uncertain, new KeyValuePair<string, object?>("label", "uncertain"));
        Stage("decode", decodeMilliseconds);
        Stage("detect", result.Times.Detect);
        Stage("classify", result.Times.Classify);
        Stage("judge", result.Times.Judge);
    }

    /// <summary>Counts an analysis that failed.</summary>
    /// <param name="detector">The engine it was for.</param>
    /// <param name="reason">A word for the reason, one of few.</param>
    public void Failed(DetectorKind detector, string reason)
    {
        _analyses.Add(1, new("detector", Name(detector)), new("state", "failed"));
        _failures.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    private static string Name(DetectorKind detector) => detector.ToString().ToLowerInvariant();

    private static List<Measurement<long>> Depth(IDbContextFactory<DashboardDbContext> contexts)
    {
        using var context = contexts.CreateDbContext();
        var counts = AnalysisQueue.CountByState(context.Analyses).ToDictionary(group => group.State, group => group.Count);
        return [.. AnalysisQueue.CountedStates.Select(state =>
            new Measurement<long>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant())))];
    }

    private void Stage(string stage, double milliseconds) => _stages.Record(milliseconds / 1000, new KeyValuePair<string, object?>("stage", stage));
}
