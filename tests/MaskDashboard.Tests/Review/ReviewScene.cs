using MaskDashboard.Accounts;
using MaskDashboard.Analysis;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Review;

/// <summary>Finished analyses put into a real database without inference.</summary>
internal static class ReviewScene
{
    public static Actor Kim { get; } = new("kim", "kim@example.org", "127.0.0.1", AccountRole.Administrator);

    public static Actor Lee { get; } = new("lee", "lee@example.org", "127.0.0.1", AccountRole.Administrator);

    /// <summary>A face 50 x 50 pixels large whose outputs speak for a mask, against one, or for neither.</summary>
    public static FaceCandidate Face(float x, MaskLabel label, float margin = 0.95f, float score = 0.9f) => new(
        new FaceDetection(new BoundingBox(x, 100, 50, 50), score),
        label switch
        {
            MaskLabel.Mask => new MaskProbabilities(margin, 0),
            MaskLabel.NoMask => new MaskProbabilities(0, margin),
            _ => new MaskProbabilities(0.4f, 0.45f),
        });

    /// <summary>Stores an image of 1000 x 500 pixels with its result; the notebook's distance rule and 130 pixels.</summary>
    public static async Task<ImageAnalysis> AddAsync(
        DashboardHost host, IReadOnlyList<FaceCandidate> faces, DateTime? capturedAtUtc = null, string? site = null, string fileName = "gate.jpg")
    {
        var (version, settings) = host.Get<SettingsStore>().Current;
        var measurement = new FrameMeasurement { Width = 1000, Height = 500, Detector = DetectorKind.YuNet, Candidates = faces };
        return await host.Get<DatabaseWriter>().WriteAsync(async (context, token) =>
        {
            var place = site is null ? null : await context.Sites.SingleOrDefaultAsync(stored => stored.Name == site, token) ?? new Site { Name = site };
            var image = new StoredImage
            {
                Sha256 = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()) + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()),
                FileName = fileName,
                Width = 1000,
                Height = 500,
                Site = place,
                CapturedAtUtc = capturedAtUtc ?? new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc),
            };
            context.Add(image);
            await context.SaveChangesAsync(token);
            var analysis = new ImageAnalysis
            {
                ImageId = image.Id,
                SettingsVersionId = version,
                ModelVersion = "test",
                State = AnalysisState.Done,
                IsCurrent = true,
                CapturedAtUtc = image.CapturedAtUtc,
                SiteId = image.SiteId,
            };
            StoredResult.Write(analysis, Judgement.Judge(measurement, settings), [1, 2, 3]);
            context.Add(analysis);
            await context.SaveChangesAsync(token);
            return analysis;
        });
    }

    /// <summary>The stored analysis with faces by index, and pairs.</summary>
    public static async Task<ImageAnalysis> ReadAsync(DashboardHost host, long analysisId)
    {
        await using var context = await host.OpenAsync();
        return await context.Analyses.Include(analysis => analysis.Faces.OrderBy(face => face.Index)).Include(analysis => analysis.Pairs).SingleAsync(analysis => analysis.Id == analysisId);
    }

    public static (int Faces, int Mask, int NoMask, int Uncertain, int TooClose) Figures(ImageAnalysis analysis) =>
        (analysis.FaceCount, analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount);
}
