using MaskDashboard.Accounts;
using MaskDashboard.Analysis;
using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Queue;

public sealed class CurrentResultTests
{
    [Fact]
    public async Task ChooseAsync_OtherDetectorsResult_IsWhatFiguresShowFromThenOn()
    {
        await using var host = await DashboardHost.CreateAsync();
        var upload = await AcceptAsync(host);
        var haar = await host.Get<AnalysisQueue>().EnqueueAsync(upload.ImageId, DetectorKind.Haar);
        await host.RunQueueAsync();
        var events = new List<AnalysisEvent>();
        using var subscription = host.Get<AnalysisEvents>().Subscribe(events.Add);

        Assert.True(await host.Get<CurrentResult>().ChooseAsync(haar, Actor.Program));

        Assert.Equal(new AnalysisEvent(haar, upload.ImageId, AnalysisState.Done), Assert.Single(events));
        var shown = (await host.Get<ResultQueries>().FindAsync(upload.ImageId))!.Analysis;
        Assert.Equal((haar, DetectorKind.Haar), (shown.Id, shown.Detector));
        var figures = await host.Get<ComplianceQueries>().FiguresAsync(new ImageFilter(), TimeZoneInfo.Utc);
        Assert.Equal((1, shown.FaceCount), (figures.Images, figures.Faces.Faces));
        Assert.NotEqual(8, shown.FaceCount);
        await using var context = await host.OpenAsync();
        Assert.Equal(haar, (await context.Analyses.SingleAsync(analysis => analysis.IsCurrent)).Id);
        Assert.Equal(8, (await host.Get<ResultQueries>().FindAnalysisAsync(upload.AnalysisId))!.Analysis.FaceCount);
        Assert.Contains(await context.AuditEntries.ToListAsync(), entry => entry.Action == AuditAction.Review && entry.Details.Contains("Haar", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChooseAsync_NotFinished_ChangesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        var upload = await AcceptAsync(host);
        var haar = await host.Get<AnalysisQueue>().EnqueueAsync(upload.ImageId, DetectorKind.Haar);

        Assert.False(await host.Get<CurrentResult>().ChooseAsync(haar, Actor.Program));
        Assert.False(await host.Get<CurrentResult>().ChooseAsync(404, Actor.Program));

        Assert.Equal(upload.AnalysisId, (await host.Get<ResultQueries>().FindAsync(upload.ImageId))!.Analysis.Id);
    }

    private static async Task<IntakeResult> AcceptAsync(DashboardHost host)
    {
        await using var file = DashboardHost.Sample("group.jpg");
        return await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest("group.jpg"));
    }
}
