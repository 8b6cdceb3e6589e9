using System.Diagnostics;
using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Tuning;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaskDashboard.Benchmarks;

/// <summary>Measures what a slider of the settings waits for: the curve over all stored faces, and the preview of one photograph.</summary>
/// <param name="folder">A data folder that <see cref="DataGenerator"/> wrote.</param>
/// <param name="rounds">How often each is measured.</param>
internal sealed class TuningBenchmark(string folder, int rounds)
{
    private const double CurveTargetMilliseconds = 300;
    private const double PreviewTargetMilliseconds = 100;
    private const int PreviewFaces = 40;

    /// <summary>Measures and prints.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var contexts = new DataContexts(folder);
        await using var context = contexts.CreateDbContext();
        var stored = await context.SettingsVersions.OrderBy(version => version.Id).ToListAsync(cancellationToken);
        var versions = stored.ToDictionary(version => version.Id, version => SettingsStore.Parse(version.SettingsJson));
        var current = new VersionedSettings(stored[^1].Id, versions[stored[^1].Id]);
        using var snapshot = new HistorySnapshot(contexts, new AnalysisEvents(NullLogger<AnalysisEvents>.Instance), TimeProvider.System);
        var watch = Stopwatch.StartNew();
        var images = await snapshot.ImagesAsync(new ImageFilter(), DataGenerator.Zone, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images.Count:N0} photographs; {Environment.ProcessorCount} cores, load {Rounds.Load()}; read into memory once, when the page is opened: {watch.ElapsedMilliseconds:N0} ms"));

        await Rounds.MeasureAsync("what-if curve", rounds, CurveTargetMilliseconds, [.. SettingDefinition.All
            .Where(setting => WhatIf.HasCurve(setting, current.Settings))
            .Select(setting => (setting.Label, (Func<Task<string>>)(() => Task.FromResult(Curve(setting)))))]);
        var photograph = Photograph();
        await Rounds.MeasureAsync("preview of a photograph", rounds, PreviewTargetMilliseconds, [.. SettingDefinition.All
            .Where(setting => !setting.NeedsInference)
            .Select(setting => (setting.Label, (Func<Task<string>>)(() => Task.FromResult(Preview(setting)))))]);
        Console.WriteLine($"load {Rounds.Load()}");

        string Curve(SettingDefinition setting)
        {
            var result = WhatIf.Judge(images, Moved(setting), versions, setting, cancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"{result.After.Faces:N0} faces");
        }

        string Preview(SettingDefinition setting)
        {
            var tried = Moved(setting);
            var side = PreviewSide.Of(Judgement.Judge(photograph, tried.Settings));
            return string.Create(CultureInfo.InvariantCulture, $"{side.Figures.Faces} of {PreviewFaces} faces");
        }

        // A step of the slider, so that something changes.
        VersionedSettings Moved(SettingDefinition setting) => current with
        {
            Settings = setting.Set(current.Settings, setting.Fit(setting.Get(current.Settings) + (setting.SliderMax / 20))),
        };
    }

    private static FrameMeasurement Photograph() => new()
    {
        Width = 4000,
        Height = 3000,
        Detector = DetectorKind.YuNet,
        Candidates = [.. Enumerable.Range(0, PreviewFaces).Select(index => new FaceCandidate(
            new FaceDetection(new BoundingBox(index % 8 * 480, index / 8 * 560, 180, 220), 0.9f - (index * 0.01f)),
            new MaskProbabilities(1 - (index * 0.02f), index * 0.02f)))],
    };
}
