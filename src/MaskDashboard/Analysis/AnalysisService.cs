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
/// <param name="writer">Writes.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="settings">Settings versions.</param>
/// <param name="runtime">Decodes.</param>
/// <param name="annotator">Draws the thumbnail.</param>
/// <param name="queue">Tells pages.</param>
/// <param name="metrics">Counts and times.</param>
/// <param name="options">How often an analysis is started.</param>
/// <param name="annotation">How thumbnails are drawn.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class AnalysisService(
    IDbContextFactory<DashboardDbContext> contexts,
    DatabaseWriter writer,
    OriginalStore originals,
    SettingsStore settings,
    VisionRuntime runtime,
    FrameAnnotator annotator,
    AnalysisQueue queue,
    DashboardMetrics metrics,
    IOptions<QueueOptions> options,
    IOptions<AnnotationOptions> annotation,
    TimeProvider clock,
    ILogger<AnalysisService> logger)
{
    /// <summary>Runs an analysis that a worker took from the queue.</summary>
    /// <param name="analysisId">The analysis, in state running.</param>
    /// <param name="analyzer">The worker's own.</param>
    /// <param name="cancellationToken">The program stops: the analysis runs at the next start.</param>
    public async Task RunAsync(long analysisId, FrameAnalyzer analyzer, CancellationToken cancellationToken)
    {
        ImageAnalysis job;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            job = await context.Analyses.Include(analysis => analysis.Image).ThenInclude(image => image!.Site).SingleAsync(analysis => analysis.Id == analysisId, cancellationToken);
        }

        queue.Announce(job.Id, job.ImageId, AnalysisState.Running);
        var state = AnalysisState.Done;
        try
        {
            if (job.Attempts > options.Value.MaxAttempts)
            {
                throw new ImageRejectedException(ImageRejection.Truncated, "The analysis stopped the program several times: the image may be damaged; save it again and upload the copy.");
            }

            await AnalyzeAsync(job, analyzer, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program stops in good order: that is no failed attempt.
            await FinishAsync(job.Id, stored => stored.Attempts--, AnalysisState.Queued, CancellationToken.None);
            throw;
        }
        catch (Exception exception)
        {
            state = AnalysisState.Failed;
            LogFailed(logger, job.Id, exception);
            var reason = exception switch
            {
                ImageRejectedException rejected => rejected.Message,
                FileNotFoundException or DirectoryNotFoundException => "The original is no longer in the data folder: upload it again.",
                _ => "The analysis failed unexpectedly; the log has the details under this analysis' number. Try again.",
            };
            await FinishAsync(job.Id, stored => stored.FailureReason = reason, state, CancellationToken.None);
            metrics.Failed(job.Detector, Word(exception));
        }

        queue.Announce(job.Id, job.ImageId, state);
    }

    private async Task AnalyzeAsync(ImageAnalysis job, FrameAnalyzer analyzer, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var file = await File.ReadAllBytesAsync(originals.PathOf(job.Image!.Sha256), cancellationToken);
        using var image = runtime.Decoder.Decode(file);
        var decodeMilliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var version = await settings.GetVersionAsync(job.SettingsVersionId, cancellationToken);
        var result = analyzer.Analyze(image, version.Settings with { Detector = job.Detector }, version.FieldOfViewDegrees(job.Image.SiteId), cancellationToken);
        var thumbnail = annotator.Thumbnail(image, result, annotation.Value);
        await FinishAsync(
            job.Id,
            stored =>
            {
                stored.DecodeMilliseconds = decodeMilliseconds;
                StoredResult.Write(stored, result, thumbnail);
            },
            AnalysisState.Done,
            CancellationToken.None);
        metrics.Finished(result, decodeMilliseconds);
    }

    private static string Word(Exception exception) => exception switch
    {
        ImageRejectedException rejected => rejected.Rejection.ToString(),
        FileNotFoundException or DirectoryNotFoundException => "OriginalMissing",
        _ => "Unexpected",
    };

    private Task FinishAsync(long analysisId, Action<ImageAnalysis> change, AnalysisState state, CancellationToken cancellationToken) => writer.WriteAsync(
        async (context, token) =>
        {
            // Deleted while it ran: nothing to keep.
            if (await context.Analyses.SingleOrDefaultAsync(analysis => analysis.Id == analysisId, token) is not { } stored)
            {
                return false;
            }

            change(stored);
            stored.State = state;
            stored.CompletedAtUtc = state == AnalysisState.Queued ? null : clock.GetUtcNow().UtcDateTime;
            return true;
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Analysis {AnalysisId} failed")]
    private static partial void LogFailed(ILogger logger, long analysisId, Exception exception);
}
