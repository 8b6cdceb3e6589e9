using System.Collections.Concurrent;
using MaskDashboard.Settings;
using MaskDashboard.Vision;

namespace MaskDashboard.Tuning;

/// <summary>
/// Judges stored results under other settings, all of them, without inference and without the database: exactly what applying the settings would store.
/// One pass over the faces makes both the summary and the curve. Distances are measured anew only where other faces count than before.
/// </summary>
public static class WhatIf
{
    /// <summary>Points of a curve, less one.</summary>
    public const int Intervals = 100;

    private const int ImagesAtOnce = 2048;

    /// <summary>Whether there is a curve along a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="tried">The settings.</param>
    public static bool HasCurve(SettingDefinition setting, AnalysisSettings tried) => setting.Key switch
    {
        nameof(AnalysisSettings.MinDetectionScore) => tried.Detector == DetectorKind.YuNet,
        nameof(AnalysisSettings.MinFaceSizePixels) or nameof(AnalysisSettings.MinClassProbability) or nameof(AnalysisSettings.UncertainMargin) => true,
        _ => setting == SettingDefinition.MinDistance(tried.DistanceRule),
    };

    /// <summary>Judges images under other settings.</summary>
    /// <param name="images">The images.</param>
    /// <param name="tried">The settings and the sites' fields of view.</param>
    /// <param name="versions">The settings of every version that made one of the images' results.</param>
    /// <param name="along">The setting of the curve; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static WhatIfResult Judge(
        IReadOnlyList<HistoryImage> images,
        VersionedSettings tried,
        IReadOnlyDictionary<long, AnalysisSettings> versions,
        SettingDefinition? along = null,
        CancellationToken cancellationToken = default)
    {
        var axis = along is not null && HasCurve(along, tried.Settings) ? new CurveAxis(along, tried.Settings) : null;
        var lookAgain = versions.SelectMany(version => Enum.GetValues<DetectorKind>(), (version, engine) => (version.Key, engine, Again: InferenceKey.Of(version.Value, engine)
                != InferenceKey.Of(tried.Settings, InferenceKey.EngineUnder(engine, version.Value, tried.Settings))))
            .ToDictionary(known => (known.Key, known.engine), known => known.Again);
        var parts = new ConcurrentBag<WhatIfTally>();
        Parallel.ForEach(
            // The partitioner knows no empty range.
            images.Count == 0 ? Partitioner.Create(Array.Empty<Tuple<int, int>>()) : Partitioner.Create(0, images.Count, ImagesAtOnce),
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new WhatIfTally(tried, axis),
            (range, _, tally) =>
            {
                for (var index = range.Item1; index < range.Item2; index++)
                {
                    var image = images[index];
                    tally.Add(image, lookAgain.GetValueOrDefault((image.VersionId, image.Detector)));
                }

                return tally;
            },
            parts.Add);
        var sum = new WhatIfTally(tried, axis);
        foreach (var part in parts)
        {
            sum.Add(part);
        }

        return sum.Result();
    }
}
