using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Compliance;

/// <summary>A database with two sites, numbered 1 and 2, to put finished analyses into.</summary>
internal sealed class FigureScene
{
    private readonly DashboardHost _host;
    private int _count;

    private FigureScene(DashboardHost host) => _host = host;

    public static DateTime Noon { get; } = new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);

    public static async Task<FigureScene> CreateAsync(DashboardHost host)
    {
        await host.Get<DatabaseWriter>().WriteAsync((context, _) =>
        {
            context.AddRange(new Site { Id = 1, Name = "Gate", CreatedAtUtc = Noon }, new Site { Id = 2, Name = "Hall", CreatedAtUtc = Noon });
            return Task.FromResult(true);
        });
        return new FigureScene(host);
    }

    /// <summary>Adds a photograph with a finished analysis that ended when it was taken.</summary>
    public Task AddAsync(
        DateTime capturedAtUtc, long? site, int mask, int noMask, int uncertain, int tooClose, bool reviewed = false, DetectorKind detector = DetectorKind.YuNet, string models = "models")
    {
        var number = ++_count;
        var image = new StoredImage { Sha256 = number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture), FileName = $"{number}.jpg", SiteId = site, CapturedAtUtc = capturedAtUtc, UploadedAtUtc = capturedAtUtc };
        image.Analyses.Add(new ImageAnalysis
        {
            SettingsVersionId = _host.Get<SettingsStore>().Current.VersionId,
            Detector = detector,
            ModelVersion = models,
            State = AnalysisState.Done,
            IsCurrent = true,
            QueuedAtUtc = capturedAtUtc,
            CompletedAtUtc = capturedAtUtc,
            CapturedAtUtc = capturedAtUtc,
            SiteId = site,
            FaceCount = mask + noMask + uncertain,
            MaskCount = mask,
            NoMaskCount = noMask,
            UncertainCount = uncertain,
            TooCloseCount = tooClose,
            ReviewedAtUtc = reviewed ? Noon : null,
        });
        return _host.Get<DatabaseWriter>().WriteAsync((context, _) =>
        {
            context.Add(image);
            return Task.FromResult(true);
        });
    }
}
