using System.Diagnostics.Metrics;
using MaskDashboard.Accounts;
using MaskDashboard.Analysis;
using MaskDashboard.Privacy;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using static MaskDashboard.Tests.Privacy.SharpOrBlurred;

namespace MaskDashboard.Tests.Privacy;

public sealed class BlurredPhotographTests
{
    [Fact]
    public async Task Blurred_AnalysedAgain_FailsWithTheReason()
    {
        await using var host = await AnalysedAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);
        await host.Get<FaceBlurring>().ApplyAsync();

        var reasons = new List<object?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, mine) =>
        {
            if (instrument.Name == "maskdashboard.failures" && instrument.Meter.Scope == host.Get<IMeterFactory>())
            {
                mine.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => reasons.Add(tags.ToArray().Single(tag => tag.Key == "reason").Value));
        listener.Start();

        var again = await host.Get<AnalysisQueue>().EnqueueAsync(1, DetectorKind.Haar);
        await host.RunQueueAsync();

        await using var context = await host.OpenAsync();
        Assert.Equal(AnalysisService.FacesBlurred, (await context.Analyses.SingleAsync(analysis => analysis.Id == again)).FailureReason);
        Assert.Equal("FacesBlurred", Assert.Single(reasons));
    }

    [Fact]
    public async Task Blurred_DrawnFace_IsMeasuredAndThenBlurred()
    {
        await using var host = await AnalysedAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);
        await host.Get<FaceBlurring>().ApplyAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Off, Actor.Program);
        // The border between wall and floor.
        var missed = new BoundingBox(60, 470, 140, 140);

        var drawn = await host.WithWorkersAsync(() => host.Get<DrawnFaces>().DrawAsync(1, missed, Actor.Program));

        Assert.Equal(DrawingResult.Added, drawn.Result);
        await using var context = await host.OpenAsync();
        var analysis = await context.Analyses.Include(stored => stored.Image).Include(stored => stored.Faces.Where(face => face.Id == drawn.FaceId)).SingleAsync();
        Assert.InRange(await DetailLeftAsync(host, analysis), 0, 0.2);
        // Pages that show it look for it elsewhere once more.
        Assert.Equal(2, analysis.Image!.TimesBlurred);
    }
}
