using System.Collections.Concurrent;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Annotation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Review;

/// <summary>Has the small pictures of lists drawn anew by a worker after a review changed which faces count. Thread-safe.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="errands">Has it done.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="runtime">Decodes.</param>
/// <param name="annotator">Draws.</param>
/// <param name="options">How thumbnails are drawn.</param>
/// <param name="logger">Log.</param>
public sealed partial class ThumbnailRedraw(
    IDbContextFactory<DashboardDbContext> contexts,
    DatabaseWriter writer,
    WorkerErrands errands,
    OriginalStore originals,
    VisionRuntime runtime,
    FrameAnnotator annotator,
    IOptions<AnnotationOptions> options,
    ILogger<ThumbnailRedraw> logger)
{
    private readonly ConcurrentDictionary<long, bool> _waiting = new();

    /// <summary>Draws the thumbnail of an analysis anew, soon. Several requests before it is drawn make one drawing.</summary>
    /// <param name="analysisId">The analysis.</param>
    public void Request(long analysisId)
    {
        if (_waiting.TryAdd(analysisId, true))
        {
            _ = RunAsync(analysisId);
        }
    }

    private async Task RunAsync(long analysisId)
    {
        try
        {
            await errands.RunAsync(
                async (_, token) =>
                {
                    _waiting.TryRemove(analysisId, out var _);
                    return await DrawAsync(analysisId, token);
                },
                CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
        catch (Exception exception)
        {
            // The old picture stays: it is one of the right photograph.
            LogFailed(logger, analysisId, exception);
        }
    }

    private async Task<bool> DrawAsync(long analysisId, CancellationToken cancellationToken)
    {
        ImageAnalysis? analysis;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            analysis = await context.Analyses.Include(stored => stored.Image).Include(stored => stored.SettingsVersion).Include(stored => stored.Faces)
                .SingleOrDefaultAsync(stored => stored.Id == analysisId, cancellationToken);
        }

        if (analysis is not { Image: { HasOriginal: true } image, State: AnalysisState.Done })
        {
            return false;
        }

        using var pixels = runtime.Decoder.Decode(await File.ReadAllBytesAsync(originals.PathOf(image.Sha256), cancellationToken));
        var picture = annotator.Thumbnail(pixels, EffectiveFaces.Judge(analysis), options.Value);
        return await writer.WriteAsync(
            async (context, token) => await context.Thumbnails.Where(thumbnail => thumbnail.AnalysisId == analysisId)
                .ExecuteUpdateAsync(update => update.SetProperty(thumbnail => thumbnail.Bytes, picture).SetProperty(thumbnail => thumbnail.IsStale, false), token) > 0,
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The thumbnail of analysis {AnalysisId} could not be drawn anew after a review")]
    private static partial void LogFailed(ILogger logger, long analysisId, Exception exception);
}
