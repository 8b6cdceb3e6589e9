using MaskDashboard.Compliance;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Metrics;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Review;

public sealed class AccuracyQueriesTests
{
    [Fact]
    public async Task ReportAsync_ReviewedImages_CountsFoundFalseAndMissed()
    {
        await using var host = await DashboardHost.CreateAsync();
        // Found and confirmed, found and wrong, not a face, below the threshold but a face, uncertain and left so, uncertain and decided.
        var analysis = await AddAsync(
            host,
            [
                Face(0, MaskLabel.Mask), Face(100, MaskLabel.Mask), Face(200, MaskLabel.NoMask), Face(300, MaskLabel.NoMask, score: 0.3f),
                Face(400, MaskLabel.Uncertain), Face(500, MaskLabel.Uncertain), Face(600, MaskLabel.Mask, score: 0.3f),
            ],
            site: "Gate");
        await SayAsync(host, analysis, (1, ReviewedLabel.NoMask), (2, ReviewedLabel.NotAFace), (3, ReviewedLabel.NoMask), (5, ReviewedLabel.Mask));
        await host.Get<ReviewMarks>().MarkAsync(analysis.Id, Kim);
        // Not reviewed: says nothing.
        await AddAsync(host, [Face(0, MaskLabel.Mask)], site: "Gate");

        var report = await host.Get<AccuracyQueries>().ReportAsync(new ImageFilter(), TimeZoneInfo.Utc);

        Assert.Equal(new AccuracyFigures(1, 4, 1, 1, new LabelConfusion(1, 0, 1, 1, 1, 0, 1)), report.All);
        Assert.Equal(new Proportion(4, 5), report.All.DetectorPrecision);
        Assert.Equal(new Proportion(4, 5), report.All.DetectorRecall);
        Assert.Equal(new Proportion(2, 3), report.All.Labels.Accuracy);
        Assert.Equal(new Proportion(1, 2), report.All.Labels.MaskRecall);
        Assert.Equal(new Proportion(1, 2), report.All.Labels.MaskPrecision);
        Assert.Equal(new Proportion(1, 2), report.All.Labels.NoMaskRecall);
        Assert.Equal(new Proportion(1, 1), report.All.Labels.NoMaskPrecision);
        Assert.Equal(new Proportion(2, 5), report.All.Labels.Uncertain);
    }

    [Fact]
    public async Task ReportAsync_TwoSitesAndVersions_SplitsAndFilters()
    {
        await using var host = await DashboardHost.CreateAsync();
        var gate = await AddAsync(host, [Face(0, MaskLabel.Mask), Face(300, MaskLabel.Mask)], site: "Gate");
        var first = host.Get<SettingsStore>().Current.VersionId;
        var second = (await host.Get<SettingsStore>().SaveAsync(new AnalysisSettings { MinDetectionScore = 0.7 }, "Fewer false boxes", null)).VersionId;
        var nowhere = await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        var empty = await AddAsync(host, []);
        await SayAsync(host, nowhere, (0, ReviewedLabel.NotAFace));
        foreach (var analysis in new[] { gate, nowhere, empty })
        {
            await host.Get<ReviewMarks>().MarkAsync(analysis.Id, Kim);
        }

        var report = await host.Get<AccuracyQueries>().ReportAsync(new ImageFilter(), TimeZoneInfo.Utc);

        Assert.Equal([("Gate", 1, 2), (null, 2, 0)], report.Sites.Select(site => (site.SiteName, site.Figures.Images, site.Figures.Found)));
        Assert.Equal([(second, 1, 0), (first, 0, 2)], report.Versions.Select(version => (version.VersionId, version.Figures.FalseDetections, version.Figures.Found)));
        Assert.Equal(2, (await host.Get<AccuracyQueries>().ReportAsync(new ImageFilter { SiteId = gate.SiteId, Reviewed = false }, TimeZoneInfo.Utc)).All.Faces);
    }

    [Fact]
    public async Task ReportAsync_MarkedUnseen_IsLeftOut()
    {
        await using var host = await DashboardHost.CreateAsync();
        await AddAsync(host, [Face(0, MaskLabel.Mask)]);
        await host.Get<ReviewMarks>().MarkConfidentAsync(new ImageFilter(), TimeZoneInfo.Utc, Kim);

        var report = await host.Get<AccuracyQueries>().ReportAsync(new ImageFilter(), TimeZoneInfo.Utc);

        Assert.Equal((AccuracyFigures.None, 1), (report.All, report.Unseen));
        Assert.Null(report.All.DetectorRecall.Value);
    }

    private static Task SayAsync(DashboardHost host, ImageAnalysis analysis, params (int Index, ReviewedLabel Label)[] statements) =>
        host.Get<FaceCorrections>().CorrectAsync(analysis.Id, [.. statements.Select(said => new FaceStatement(analysis.Faces[said.Index].Id, said.Label))], Kim);
}
