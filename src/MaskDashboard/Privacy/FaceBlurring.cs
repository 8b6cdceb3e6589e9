using System.Runtime.ExceptionServices;
using MaskDashboard.Accounts;
using MaskDashboard.Endpoints;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Annotation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Privacy;

/// <summary>
/// Blurs the faces of stored photographs where the rule says so: original and thumbnails are replaced by such that show nobody. An image whose
/// analysis waits or runs is left alone until that has ended; in one whose analysis failed the detectors look for faces. What a rule blurred stays
/// blurred when the rule changes.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="inMemory">Looks for faces where no analysis has a result.</param>
/// <param name="runtime">Decodes.</param>
/// <param name="annotator">Draws thumbnails.</param>
/// <param name="annotation">How thumbnails are drawn.</param>
/// <param name="photographs">Holds sharp pixels for a moment.</param>
/// <param name="deletedContent">Removes traces.</param>
/// <param name="events">Tells pages.</param>
/// <param name="audit">Keeps who changed the rule and what it did.</param>
public sealed class FaceBlurring(
    IDbContextFactory<DashboardDbContext> contexts,
    DatabaseWriter writer,
    OriginalStore originals,
    BlurredAnalysis inMemory,
    VisionRuntime runtime,
    FrameAnnotator annotator,
    IOptions<AnnotationOptions> annotation,
    DecodedPhotographs photographs,
    DeletedContent deletedContent,
    AnalysisEvents events,
    AuditLog audit)
{
    /// <summary>The rule in force.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<FaceBlurMode> ModeAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PrivacyRules.Select(rules => rules.FaceBlur).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>How many stored photographs a rule would blur now.</summary>
    /// <param name="mode">The rule.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<int> CountAsync(FaceBlurMode mode, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Due(context, mode).CountAsync(cancellationToken);
    }

    /// <summary>Puts a rule in force. The photographs it concerns are blurred soon after.</summary>
    /// <param name="mode">The rule.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SaveAsync(FaceBlurMode mode, Actor by, CancellationToken cancellationToken = default)
    {
        by.Require(AccountRole.Administrator);
        return writer.WriteAsync(
            async (context, token) =>
            {
                if (await context.PrivacyRules.SingleOrDefaultAsync(token) is { } stored)
                {
                    stored.FaceBlur = mode;
                }
                else
                {
                    context.Add(new PrivacyRules { FaceBlur = mode });
                }

                audit.Append(context, AuditAction.Administration, $"Face blur: {mode}", by);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Blurs what the rule says.</summary>
    /// <param name="among">The images to look at; null for all.</param>
    /// <param name="cancellationToken">Stops between two photographs; those that are blurred stay so.</param>
    /// <returns>How many.</returns>
    /// <exception cref="Exception">What kept the first photograph that could not be blurred; the others are.</exception>
    public async Task<int> ApplyAsync(IReadOnlyCollection<long>? among = null, CancellationToken cancellationToken = default)
    {
        var mode = await ModeAsync(cancellationToken);
        if (mode == FaceBlurMode.Off)
        {
            return 0;
        }

        List<long> due;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var images = among is null ? Due(context, mode) : Due(context, mode).Where(image => EF.Parameter(among).Contains(image.Id));
            due = await images.OrderBy(image => image.Id).Select(image => image.Id).ToListAsync(cancellationToken);
        }

        var blurred = 0;
        ExceptionDispatchInfo? failure = null;
        foreach (var imageId in due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                blurred += await BlurAsync(imageId, context => Due(context, mode), cancellationToken) ? 1 : 0;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Where an analysis failed, decoder or networks may fail again: the others do not wait for it.
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        if (blurred > 0)
        {
            await audit.AppendAsync(AuditAction.Administration, $"Faces of {blurred} stored photographs blurred", Actor.Program, CancellationToken.None);
            await deletedContent.EmptyLogAsync(CancellationToken.None);
        }

        failure?.Throw();
        return blurred;
    }

    /// <summary>Blurs a photograph once more whose faces are blurred, after somebody drew one that was missed then.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<bool> BlurAgainAsync(long imageId, CancellationToken cancellationToken = default) =>
        BlurAsync(imageId, context => context.Images.Where(image => image.HasOriginal && image.TimesBlurred > 0), cancellationToken);

    private static IQueryable<StoredImage> Due(DashboardDbContext context, FaceBlurMode mode)
    {
        // A thumbnail outlives its original where retention says so, and shows the same faces.
        var sharp = context.Images.Where(image => image.TimesBlurred == 0
            && (image.HasOriginal || context.Analyses.Any(analysis => analysis.ImageId == image.Id && analysis.Thumbnail != null))
            && !context.Analyses.Any(analysis => analysis.ImageId == image.Id && (analysis.State == AnalysisState.Queued || analysis.State == AnalysisState.Running)));
        return mode switch
        {
            FaceBlurMode.Reviewed => sharp.Where(image => context.Analyses.Any(analysis =>
                analysis.ImageId == image.Id && analysis.IsCurrent && analysis.State == AnalysisState.Done && analysis.ReviewedAtUtc != null)),
            FaceBlurMode.Always => sharp,
            _ => sharp.Where(image => false),
        };
    }

    private async Task<bool> BlurAsync(long imageId, Func<DashboardDbContext, IQueryable<StoredImage>> due, CancellationToken cancellationToken)
    {
        StoredImage? image;
        List<ImageAnalysis> analyses;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            image = await context.Images.SingleOrDefaultAsync(stored => stored.Id == imageId, cancellationToken);
            analyses = await context.Analyses.Where(analysis => analysis.ImageId == imageId)
                .Include(analysis => analysis.Image).Include(analysis => analysis.Faces).Include(analysis => analysis.SettingsVersion).Include(analysis => analysis.Thumbnail)
                .AsSplitQuery().ToListAsync(cancellationToken);
        }

        if (image is null || (image.HasOriginal && !File.Exists(originals.PathOf(image.Sha256))))
        {
            return false;
        }

        // Every candidate of every engine, also those under the threshold: what might be a face is not kept readable.
        var faces = analyses.SelectMany(analysis => analysis.Faces).ToList();
        var boxes = faces.ConvertAll(face => face.Box);
        byte[]? file = null;
        var thumbnails = new Dictionary<long, byte[]>();
        if (image.HasOriginal)
        {
            var sharp = await File.ReadAllBytesAsync(originals.PathOf(image.Sha256), cancellationToken);
            var done = analyses.FindAll(analysis => analysis.State == AnalysisState.Done);
            if (done.Count == 0)
            {
                boxes.AddRange(await inMemory.FindFacesAsync(sharp, cancellationToken));
            }

            using var pixels = runtime.Decoder.Decode(sharp);
            file = BlurredFile.Of(pixels, boxes);
            done.ForEach(analysis => thumbnails.Add(analysis.Id, annotator.Thumbnail(pixels, EffectiveFaces.Judge(analysis), annotation.Value)));
        }

        foreach (var analysis in analyses.Where(analysis => analysis.Thumbnail is not null && !thumbnails.ContainsKey(analysis.Id)))
        {
            thumbnails.Add(analysis.Id, BlurredFile.OfThumbnail(analysis.Thumbnail!.Bytes, image.Width, boxes));
        }

        var temp = originals.NewTempPath();
        try
        {
            if (file is not null)
            {
                await originals.WriteAsync(temp, file, cancellationToken);
            }

            // The file first: a program that is killed in between blurs it once more, and has never called a sharp one blurred.
            var written = await writer.WriteAsync(
                async (context, token) =>
                {
                    var newest = faces.Select(face => face.Id).DefaultIfEmpty().Max();
                    if (!await due(context).AnyAsync(wanted => wanted.Id == imageId, token)
                        || await context.Faces.AnyAsync(face => face.Id > newest && context.Analyses.Any(analysis => analysis.Id == face.AnalysisId && analysis.ImageId == imageId), token))
                    {
                        return false;
                    }

                    var stored = await context.Images.SingleAsync(kept => kept.Id == imageId, token);
                    if (file is not null && stored.HasOriginal)
                    {
                        originals.Adopt(temp, image.Sha256);
                    }

                    stored.TimesBlurred++;
                    foreach (var thumbnail in await context.Thumbnails.Where(small => EF.Parameter(thumbnails.Keys.ToList()).Contains(small.AnalysisId)).ToListAsync(token))
                    {
                        (thumbnail.Bytes, thumbnail.IsStale) = (thumbnails[thumbnail.AnalysisId], false);
                    }

                    return true;
                },
                CancellationToken.None);
            if (written)
            {
                photographs.Forget(image.Sha256);
                analyses.Where(analysis => analysis.IsCurrent).ToList().ForEach(analysis => events.Publish(new AnalysisEvent(analysis.Id, imageId, analysis.State)));
            }

            return written;
        }
        finally
        {
            File.Delete(temp);
        }
    }
}
