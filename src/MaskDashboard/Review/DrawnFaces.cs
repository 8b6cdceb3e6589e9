using MaskDashboard.Accounts;
using MaskDashboard.Privacy;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Review;

/// <summary>What became of a face that a reviewer drew.</summary>
public enum DrawingResult
{
    /// <summary>It was measured and counts now.</summary>
    Added,

    /// <summary>The box is too small, or outside the photograph.</summary>
    TooSmall,

    /// <summary>A face that counts is there already.</summary>
    AlreadyThere,

    /// <summary>The photograph, or this analysis of it, is gone.</summary>
    Gone,
}

/// <summary>What became of a face that a reviewer drew.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="FaceId">The new face, or the one that is there already; null without one.</param>
public readonly record struct Drawing(DrawingResult Result, long? FaceId = null);

/// <summary>Adds faces that reviewers draw: a worker classifies the box, then distances and figures follow. Thread-safe.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="corrections">Keeps them.</param>
/// <param name="errands">Has them measured.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="runtime">Decodes.</param>
/// <param name="blurring">Hides a drawn face where the others are hidden.</param>
public sealed class DrawnFaces(
    IDbContextFactory<DashboardDbContext> contexts, FaceCorrections corrections, WorkerErrands errands, OriginalStore originals, VisionRuntime runtime, FaceBlurring blurring)
{
    /// <summary>Shortest side of a drawn box, pixels of the photograph: the classifier is told nothing by less.</summary>
    public const float MinSidePixels = 8;

    /// <summary>Two boxes that overlap by more than this (intersection over union) are one face.</summary>
    public const float SameFaceIou = 0.5f;

    /// <summary>Measures a box as a face and adds it.</summary>
    /// <param name="analysisId">The analysis that missed it.</param>
    /// <param name="box">The face, pixels of the oriented photograph; what reaches over the border is cut off.</param>
    /// <param name="who">The reviewer.</param>
    /// <param name="cancellationToken">The reviewer does not wait any longer: nothing is added.</param>
    public async Task<Drawing> DrawAsync(long analysisId, BoundingBox box, Actor who, CancellationToken cancellationToken = default)
    {
        who.Require(AccountRole.Reviewer);
        ImageAnalysis? analysis;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            analysis = await context.Analyses.Include(stored => stored.Image).Include(stored => stored.Faces)
                .SingleOrDefaultAsync(stored => stored.Id == analysisId && stored.IsCurrent && stored.State == AnalysisState.Done, cancellationToken);
        }

        if (analysis is not { Image: { HasOriginal: true } image })
        {
            return new Drawing(DrawingResult.Gone);
        }

        var inside = Inside(box, image.Width, image.Height);
        if (Math.Min(inside.Width, inside.Height) < MinSidePixels)
        {
            return new Drawing(DrawingResult.TooSmall);
        }

        if (analysis.Faces.Find(face => face.EffectiveCounted && face.Box.IntersectionOverUnion(inside) > SameFaceIou) is { } there)
        {
            return new Drawing(DrawingResult.AlreadyThere, there.Id);
        }

        FaceCandidate measured;
        try
        {
            measured = await errands.RunAsync(
                async (analyzer, token) =>
                {
                    using var pixels = runtime.Decoder.Decode(await File.ReadAllBytesAsync(originals.PathOf(image.Sha256), token));
                    return analyzer.MeasureFace(pixels, inside);
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ImageRejectedException)
        {
            return new Drawing(DrawingResult.Gone);
        }

        if (await corrections.AddAsync(analysisId, measured, who, cancellationToken) is not { } added)
        {
            return new Drawing(DrawingResult.Gone);
        }

        if (image.FacesBlurred)
        {
            await blurring.BlurAgainAsync(image.Id, CancellationToken.None);
        }

        return new Drawing(DrawingResult.Added, added);
    }

    private static BoundingBox Inside(BoundingBox box, int width, int height)
    {
        if (box is { X: >= 0, Y: >= 0 } && box.Right <= width && box.Bottom <= height)
        {
            return box;
        }

        var (left, top) = (Math.Max(0, box.X), Math.Max(0, box.Y));
        return new BoundingBox(left, top, Math.Min(width, box.Right) - left, Math.Min(height, box.Bottom) - top);
    }
}
