using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Distancing;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>A photograph to try settings on.</summary>
/// <param name="Image">The photograph.</param>
/// <param name="Detector">The engine of its result.</param>
/// <param name="MadeUnder">The settings of its result.</param>
/// <param name="Stored">What its result measured.</param>
public sealed record PreviewImage(StoredImage Image, DetectorKind Detector, AnalysisSettings MadeUnder, PreviewMeasurement Stored)
{
    /// <summary>What the models would be told under other settings.</summary>
    /// <param name="settings">The other settings.</param>
    public InferenceKey KeyUnder(AnalysisSettings settings) => InferenceKey.Of(settings, InferenceKey.EngineUnder(Detector, MadeUnder, settings));
}

/// <summary>What inference measured of a photograph, and what reviewers decided of it.</summary>
/// <param name="Key">What the models were told.</param>
/// <param name="Measurement">The candidates.</param>
/// <param name="Standing">What reviewers decided, one for each candidate.</param>
public sealed record PreviewMeasurement(InferenceKey Key, FrameMeasurement Measurement, IReadOnlyList<StandingVerdict> Standing)
{
    /// <summary>The photograph under settings. Pure; a few milliseconds for hundreds of faces.</summary>
    /// <param name="tried">The settings and the sites' fields of view.</param>
    /// <param name="siteId">The photograph's site.</param>
    public FrameAnalysis Judge(VersionedSettings tried, long? siteId) => Judgement.Judge(
        Measurement,
        tried.Settings,
        FocalLengthSelection.Choose(Measurement, tried.Settings, tried.FieldOfViewDegrees(siteId)),
        [.. Measurement.Candidates.Select((candidate, index) => Standing[index].Under(candidate, Measurement.Detector, tried.Settings))]);
}

/// <summary>Finds photographs to try settings on, and has them measured again where the stored candidates do not do.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="results">Results.</param>
/// <param name="errands">Has a worker look at a photograph.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="runtime">Decodes.</param>
public sealed class PreviewImages(
    IDbContextFactory<DashboardDbContext> contexts, ResultQueries results, WorkerErrands errands, OriginalStore originals, VisionRuntime runtime)
{
    // Older photographs are found by search; the whole history has no index by the number of faces.
    private const int SuggestedAmong = 500;

    /// <summary>The photograph with the most faces among the latest; null while there is none.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<long?> SuggestAsync(CancellationToken cancellationToken = default)
    {
        // As a value, so that the index of the lists serves.
        var isCurrent = true;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Analyses.Where(analysis => analysis.IsCurrent == isCurrent)
            .OrderByDescending(analysis => analysis.CapturedAtUtc).ThenByDescending(analysis => analysis.Id)
            .Take(SuggestedAmong)
            .Where(analysis => analysis.State == AnalysisState.Done && analysis.Image!.HasOriginal)
            .OrderByDescending(analysis => analysis.FaceCount).ThenByDescending(analysis => analysis.Id)
            .Select(analysis => (long?)analysis.ImageId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A photograph with a finished result; null when there is none.</summary>
    /// <param name="imageId">The photograph.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<PreviewImage?> FindAsync(long imageId, CancellationToken cancellationToken = default)
    {
        if (await results.FindAsync(imageId, cancellationToken) is not { Analysis.State: AnalysisState.Done } result)
        {
            return null;
        }

        var faces = result.Analysis.Faces.OrderBy(face => face.Index).ToList();
        var detector = result.Analysis.Detector;
        return new PreviewImage(result.Image, detector, result.Settings, new PreviewMeasurement(
            InferenceKey.Of(result.Settings, detector),
            new FrameMeasurement
            {
                Width = result.Image.Width,
                Height = result.Image.Height,
                Detector = detector,
                ExifFocalLengthPixels = result.Image.ExifFocalLengthPixels,
                Candidates = [.. faces.Select(face => new FaceCandidate(new FaceDetection(face.Box, face.Score), new MaskProbabilities(face.MaskProbability, face.NoMaskProbability)))],
            },
            [.. faces.Select(StandingVerdict.Of)]));
    }

    /// <summary>Has a worker look at a photograph again. Nothing of it is stored.</summary>
    /// <param name="image">The photograph.</param>
    /// <param name="settings">The engine's parameters.</param>
    /// <param name="cancellationToken">Nobody waits any longer.</param>
    /// <returns>What it measured; null when the original is gone.</returns>
    public async Task<PreviewMeasurement?> MeasureAsync(PreviewImage image, AnalysisSettings settings, CancellationToken cancellationToken = default)
    {
        var key = image.KeyUnder(settings);
        try
        {
            var measurement = await errands.RunAsync(
                async (analyzer, token) =>
                {
                    using var pixels = runtime.Decoder.Decode(await File.ReadAllBytesAsync(originals.PathOf(image.Image.Sha256), token));
                    return analyzer.Measure(pixels, settings with { Detector = key.Detector }, token);
                },
                cancellationToken);
            return new PreviewMeasurement(key, measurement, new StandingVerdict[measurement.Candidates.Count]);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ImageRejectedException)
        {
            return null;
        }
    }
}
