using System.Runtime.CompilerServices;
using MaskDashboard.Compliance;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Exports;

/// <summary>Where a list goes on: behind this image.</summary>
/// <param name="CapturedAtUtc">Its capture time, UTC.</param>
/// <param name="AnalysisId">Its current analysis.</param>
public readonly record struct ListPosition(DateTime CapturedAtUtc, long AnalysisId);

/// <summary>
/// Reads images and their faces, newest capture first, a stretch at a time and each stretch by key: a million faces take no more memory
/// than a thousand, no read lasts long, and rows that come or go meanwhile neither repeat others nor hide them.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="settings">Settings versions.</param>
/// <param name="totals">Counts.</param>
public sealed class ImageDocuments(IDbContextFactory<DashboardDbContext> contexts, SettingsStore settings, ImageTotals totals)
{
    private const int StretchImages = 500;

    /// <summary>One image with its faces; null when there is none.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ImageDocument?> FindAsync(long imageId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await ReadAsync(context, context.Selected(ImageSelection.Of(imageId)), withFaces: true, cancellationToken)).SingleOrDefault();
    }

    /// <summary>A stretch of a list, without faces.</summary>
    /// <param name="selection">The images.</param>
    /// <param name="after">Where it goes on; null for its start.</param>
    /// <param name="take">Images, at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ImageDocument>> PageAsync(ImageSelection selection, ListPosition? after, int take, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(context, Stretch(context.Selected(selection), after, take), withFaces: false, cancellationToken);
    }

    /// <summary>How many images and faces a choice holds.</summary>
    /// <param name="selection">The images.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<(int Images, int Faces)> CountAsync(ImageSelection selection, CancellationToken cancellationToken = default)
    {
        if (selection is { ImageIds: null, ExceptImageIds: null or { Count: 0 }, UpToImageId: null })
        {
            return await totals.ImagesAndFacesAsync(selection.Filter, selection.Zone, cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ImageTotals.CountAsync(context.Selected(selection), cancellationToken);
    }

    /// <summary>Every image of a choice, in stretches.</summary>
    /// <param name="selection">The images.</param>
    /// <param name="withFaces">Whether their faces are read.</param>
    /// <param name="completedBefore">Leaves out what was not analysed by then, UTC, so that two readings see the same images; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<IReadOnlyList<ImageDocument>> StretchesAsync(
        ImageSelection selection, bool withFaces, DateTime? completedBefore = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ListPosition? after = null;
        while (true)
        {
            IReadOnlyList<ImageDocument> stretch;
            await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
            {
                var query = context.Selected(selection);
                if (completedBefore is { } limit)
                {
                    query = query.Where(analysis => analysis.State == AnalysisState.Done && analysis.CompletedAtUtc <= limit);
                }

                stretch = await ReadAsync(context, Stretch(query, after, StretchImages), withFaces, cancellationToken);
            }

            if (stretch.Count == 0)
            {
                yield break;
            }

            yield return stretch;
            after = new ListPosition(stretch[^1].CapturedAtUtc, stretch[^1].AnalysisId);
        }
    }

    private static IQueryable<ImageAnalysis> Stretch(IQueryable<ImageAnalysis> query, ListPosition? after, int take)
    {
        if (after is { CapturedAtUtc: var time, AnalysisId: var id })
        {
            // The first condition says nothing new, but it is the one that the index can begin at.
            query = query.Where(analysis => analysis.CapturedAtUtc <= time && (analysis.CapturedAtUtc < time || analysis.Id < id));
        }

        return query.OrderByDescending(analysis => analysis.CapturedAtUtc).ThenByDescending(analysis => analysis.Id).Take(take);
    }

    private async Task<IReadOnlyList<ImageDocument>> ReadAsync(DashboardDbContext context, IQueryable<ImageAnalysis> query, bool withFaces, CancellationToken cancellationToken)
    {
        var analyses = await query.Include(analysis => analysis.Image).ThenInclude(image => image!.Site).ToListAsync(cancellationToken);
        var faces = withFaces ? await FacesAsync(context, [.. analyses.Select(analysis => analysis.Id)], cancellationToken) : null;
        var documents = new List<ImageDocument>(analyses.Count);
        foreach (var analysis in analyses)
        {
            documents.Add(Document(analysis, await settings.GetAsync(analysis.SettingsVersionId, cancellationToken), faces));
        }

        return documents;
    }

    private static async Task<ILookup<long, FaceDocument>> FacesAsync(DashboardDbContext context, IReadOnlyList<long> analysisIds, CancellationToken cancellationToken)
    {
        var faces = await context.Faces
            .Where(face => EF.Parameter(analysisIds).Contains(face.AnalysisId) && (face.EffectiveCounted || face.Reviewed != null))
            .OrderBy(face => face.AnalysisId).ThenBy(face => face.Index)
            .ToListAsync(cancellationToken);
        return faces.ToLookup(face => face.AnalysisId, FaceDocument.Of);
    }

    private static ImageDocument Document(ImageAnalysis analysis, AnalysisSettings judgedBy, ILookup<long, FaceDocument>? faces)
    {
        var image = analysis.Image!;
        var done = analysis.State == AnalysisState.Done;
        return new ImageDocument(
            image.Id,
            image.FileName,
            image.Sha256,
            image.SiteId,
            image.Site?.Name,
            analysis.CapturedAtUtc,
            image.CapturedAtSource,
            image.UploadedAtUtc,
            image.Width,
            image.Height,
            analysis.State,
            analysis.FailureReason,
            analysis.ReviewedAtUtc,
            analysis.Id,
            analysis.Detector,
            analysis.SettingsVersionId,
            analysis.ModelVersion,
            judgedBy.DistanceRule,
            judgedBy.MinDistance,
            done ? FigureDocument.Of(new ComplianceFigures(analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount)) : null,
            done && faces is not null ? [.. faces[analysis.Id]] : null);
    }
}
