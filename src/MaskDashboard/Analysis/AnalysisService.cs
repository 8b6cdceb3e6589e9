using System.Diagnostics;
using MaskDashboard.Monitoring;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Annotation;
using MaskDashboard.Vision.Decoding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Analysis;

/// <summary>Runs one analysis from the original to the stored result. One for each job.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="outcomes">Stores how it ended.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="settings">Settings versions.</param>
/// <param name="runtime">Decodes.</param>
/// <param name="annotator">Draws the thumbnail.</param>
/// <param name="queue">Tells pages.</param>
/// <param name="metrics">Counts and times.</param>
/// <param name="options">How often an analysis is started.</param>
/// <param name="annotation">How thumbnails are drawn.</param>
/// <param name="logger">Log.</param>
public sealed partial class AnalysisService(
    IDbContextFactory<DashboardDbContext> contexts,
    OutcomeStore outcomes,
    OriginalStore originals,
    SettingsStore settings,
    VisionRuntime runtime,
    FrameAnnotator annotator,
    AnalysisQueue queue,
    DashboardMetrics metrics,
    IOptions<QueueOptions> options,
    IOptions<AnnotationOptions> annotation,
    ILogger<AnalysisService> logger)
{
    /// <summary>The reason of an analysis that was started too often.</summary>
    public const string StoppedTheProgram = "The analysis stopped the program several times: the image may be damaged; save it again and upload the copy.";

    /// <summary>The reason of an analysis whose file is gone.</summary>
    public const string OriginalMissing = "The original is no longer in the data folder: upload it again.";

    /// <summary>The reason of an analysis whose photograph was blurred before its turn came.</summary>
    public const string FacesBlurred = "The faces of the stored photograph are blurred: it cannot be analysed again.";

    /// <summary>The reason of an analysis that failed as nobody foresaw.</summary>
    public const string Unexpected = "The analysis failed unexpectedly; the log has the details under this analysis' number. Try again.";

    /// <summary>Runs an analysis that a worker took from the queue, and stores how it ended.</summary>
    /// <param name="analysisId">The analysis, in state running.</param>
    /// <param name="imageId">Its image.</param>
    /// <param name="analyzer">The worker's own.</param>
    /// <param name="cancellationToken">The program stops: the analysis runs at the next start.</param>
    public async Task RunAsync(long analysisId, long imageId, FrameAnalyzer analyzer, CancellationToken cancellationToken)
    {
        queue.Announce(analysisId, imageId, AnalysisState.Running);
        AnalysisState? state;
        try
        {
            if (await FindAsync(analysisId, cancellationToken) is not { } job)
            {
                return;
            }

            state = await RunAsync(job, analyzer, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program stops in good order: that is no failed attempt.
            await outcomes.StoreOnceAsync(analysisId, AnalysisState.Queued, stored => stored.Attempts--);
            throw;
        }

        if (state is { } ended)
        {
            queue.Announce(analysisId, imageId, ended);
        }
    }

    // Null when it was deleted since it was taken.
    private async Task<ImageAnalysis?> FindAsync(long analysisId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Analyses.Include(analysis => analysis.Image).ThenInclude(image => image!.Site).SingleOrDefaultAsync(analysis => analysis.Id == analysisId, cancellationToken);
    }

    private async Task<AnalysisState?> RunAsync(ImageAnalysis job, FrameAnalyzer analyzer, CancellationToken cancellationToken)
    {
        try
        {
            if (job.Attempts > options.Value.MaxAttempts)
            {
                throw new RefusedException(nameof(StoppedTheProgram), StoppedTheProgram);
            }

            if (job.Image!.FacesBlurred)
            {
                throw new RefusedException(nameof(FacesBlurred), FacesBlurred);
            }

            return await AnalyzeAsync(job, analyzer, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(logger, job.Id, exception);
            var reason = exception switch
            {
                ImageRejectedException or RefusedException => exception.Message,
                FileNotFoundException or DirectoryNotFoundException => OriginalMissing,
                _ => Unexpected,
            };
            metrics.Failed(job.Detector, Word(exception));
            return await outcomes.StoreAsync(job.Id, AnalysisState.Failed, stored => stored.FailureReason = reason, cancellationToken);
        }
    }

    private async Task<AnalysisState?> AnalyzeAsync(ImageAnalysis job, FrameAnalyzer analyzer, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var file = await File.ReadAllBytesAsync(originals.PathOf(job.Image!.Sha256), cancellationToken);
        using var decoded = runtime.Decoder.Decode(file);
        // The stored file carries no metadata: its focal length is in the row.
        var image = decoded.WithFocalLength(job.Image.ExifFocalLengthPixels);
        var decodeMilliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var version = await settings.GetVersionAsync(job.SettingsVersionId, cancellationToken);
        var result = analyzer.Analyze(image, version.Settings with { Detector = job.Detector }, version.FieldOfViewDegrees(job.Image.SiteId), cancellationToken);
        var thumbnail = annotator.Thumbnail(image, result, annotation.Value);
        var state = await outcomes.StoreAsync(
            job.Id,
            AnalysisState.Done,
            stored =>
            {
                stored.DecodeMilliseconds = decodeMilliseconds;
                StoredResult.Write(stored, result, thumbnail);
            },
            cancellationToken);
        if (state == AnalysisState.Done)
        {
            metrics.Finished(result, decodeMilliseconds);
        }
        else if (state == AnalysisState.Failed)
        {
            metrics.Failed(job.Detector, "NotStored");
        }

        return state;
    }

    private static string Word(Exception exception) => exception switch
    {
        ImageRejectedException rejected => rejected.Rejection.ToString(),
        RefusedException refused => refused.Word,
        FileNotFoundException or DirectoryNotFoundException => "OriginalMissing",
        _ => "Unexpected",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Analysis {AnalysisId} failed")]
    private static partial void LogFailed(ILogger logger, long analysisId, Exception exception);

    /// <summary>An analysis that is not begun although its file may be whole.</summary>
    /// <param name="word">The reason in the metrics.</param>
    /// <param name="message">The sentence for the person who asked.</param>
    private sealed class RefusedException(string word, string message) : Exception(message)
    {
        /// <summary>The reason in the metrics.</summary>
        public string Word { get; } = word;
    }
}
