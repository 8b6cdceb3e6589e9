using System.Diagnostics;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Annotation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Privacy;

/// <summary>A photograph that was analysed and blurred before anything of it was written.</summary>
/// <param name="File">The file with blurred faces, upright and without metadata.</param>
/// <param name="Version">The settings that judged it.</param>
/// <param name="Detector">The engine.</param>
/// <param name="Result">The result.</param>
/// <param name="Thumbnail">The small annotated picture, a JPEG file.</param>
/// <param name="StartedAtUtc">When its analysis began, UTC.</param>
/// <param name="DecodeMilliseconds">Time of the decoding.</param>
public sealed record BlurredUpload(byte[] File, VersionedSettings Version, DetectorKind Detector, FrameAnalysis Result, byte[] Thumbnail, DateTime StartedAtUtc, double DecodeMilliseconds);

/// <summary>Has a worker analyse a file in memory. The sharp pixels never reach a disk.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="errands">Has it done, before what waits in the queue.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="runtime">Decodes.</param>
/// <param name="annotator">Draws the thumbnail.</param>
/// <param name="annotation">How thumbnails are drawn.</param>
/// <param name="clock">The time.</param>
public sealed class BlurredAnalysis(
    IDbContextFactory<DashboardDbContext> contexts,
    WorkerErrands errands,
    SettingsStore settings,
    VisionRuntime runtime,
    FrameAnnotator annotator,
    IOptions<AnnotationOptions> annotation,
    TimeProvider clock)
{
    /// <summary>Analyses an upload and blurs its faces: the candidates of the engine, and YuNet's where that is another, since it finds most of those that Haar misses.</summary>
    /// <param name="file">The uploaded bytes.</param>
    /// <param name="detector">The engine; null for the settings'.</param>
    /// <param name="siteName">Camera or place; null for none.</param>
    /// <param name="cancellationToken">The sender went away.</param>
    /// <exception cref="Vision.Decoding.ImageRejectedException">It cannot be analysed.</exception>
    public async Task<BlurredUpload> RunAsync(byte[] file, DetectorKind? detector, string? siteName, CancellationToken cancellationToken)
    {
        var version = settings.Current;
        var used = version.Settings with { Detector = detector ?? version.Settings.Detector };
        var site = siteName?.Trim();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var siteId = await context.Sites.Where(stored => stored.Name == site).Select(stored => (long?)stored.Id).SingleOrDefaultAsync(cancellationToken);
        return await errands.RunAsync(
            (analyzer, token) =>
            {
                var (started, startedAtUtc) = (Stopwatch.GetTimestamp(), clock.GetUtcNow().UtcDateTime);
                using var image = runtime.Decoder.Decode(file);
                var decodeMilliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                var result = analyzer.Analyze(image, used, version.FieldOfViewDegrees(siteId), token);
                var boxes = result.Faces.Select(face => face.Box);
                if (used.Detector != DetectorKind.YuNet)
                {
                    boxes = [.. boxes, .. analyzer.Detect(image, DetectorKind.YuNet, used, token).Select(detection => detection.Box)];
                }

                var blurred = BlurredFile.Of(image, boxes);
                var thumbnail = annotator.Thumbnail(image, result, annotation.Value);
                return Task.FromResult(new BlurredUpload(blurred, version, used.Detector, result, thumbnail, startedAtUtc, decodeMilliseconds));
            },
            cancellationToken);
    }

    /// <summary>Looks for faces with every engine, also under the threshold: what might be a face is not kept readable.</summary>
    /// <param name="file">A photograph.</param>
    /// <param name="cancellationToken">Nobody waits any longer.</param>
    /// <returns>The boxes, pixels.</returns>
    /// <exception cref="Vision.Decoding.ImageRejectedException">It cannot be decoded.</exception>
    public Task<List<BoundingBox>> FindFacesAsync(byte[] file, CancellationToken cancellationToken) => errands.RunAsync(
        (analyzer, token) =>
        {
            using var image = runtime.Decoder.Decode(file);
            var found = Enum.GetValues<DetectorKind>().SelectMany(engine => analyzer.Detect(image, engine, settings.Current.Settings, token));
            return Task.FromResult(found.Select(detection => detection.Box).ToList());
        },
        cancellationToken);
}
