using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaskDashboard.Monitoring;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using Microsoft.Extensions.Hosting;

namespace MaskDashboard.Tests.Monitoring;

/// <summary>
/// A scrape adds up the meters of all hosts in the process and loses the series of any that is disposed, so no other host may
/// run beside these.
/// </summary>
[CollectionDefinition(nameof(MonitoringTests), DisableParallelization = true)]
[Collection(nameof(MonitoringTests))]
public sealed class MonitoringTests
{
    [Fact]
    public async Task Health_NothingWrong_IsReadyAndSaysWhatComputes()
    {
        await using var host = await DashboardHost.CreateAsync();
        using var client = await host.ServeAsync(app => app.MapMonitoring());

        var health = await client.GetFromJsonAsync<JsonElement>("/health");

        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal("Cpu", health.GetProperty("executionProvider").GetString());
        Assert.NotEmpty(health.GetProperty("reason").GetString()!);
        Assert.Equal(0, health.GetProperty("queue").GetProperty("queued").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task HealthReady_DiskNearlyFull_AnswersUnavailableWithTheReason()
    {
        await using var host = await DashboardHost.CreateAsync(arguments: ["--Monitoring:MinFreeDiskMegabytes", "1000000"]);
        using var client = await host.ServeAsync(app => app.MapMonitoring());

        using var answer = await client.GetAsync("/health/ready");
        var readiness = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("MinFreeDiskMegabytes", readiness.GetProperty("reasons").GetProperty("disk").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task HealthReady_WorkersStopped_AnswersUnavailableWithTheReason()
    {
        await using var host = await DashboardHost.CreateAsync();
        using var client = await host.ServeAsync(app => app.MapMonitoring());
        await host.Get<IEnumerable<IHostedService>>().OfType<AnalysisWorker>().Single().StopAsync(CancellationToken.None);

        using var answer = await client.GetAsync("/health/ready");
        var readiness = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(readiness.GetProperty("reasons").TryGetProperty("workers", out _));
    }

    [Fact]
    public async Task Metrics_OneAnalysisDoneOneFailed_AreCountedByStateStageAndReason()
    {
        await using var host = await DashboardHost.CreateAsync();
        var intake = host.Get<ImageIntake>();
        await using (var sample = DashboardHost.Sample("two-too-close.jpg"))
        {
            await intake.AcceptAsync(sample, new IntakeRequest("good.jpg"));
        }

        await using (var sample = DashboardHost.Sample("one-bare.png"))
        {
            var lost = await intake.AcceptAsync(sample, new IntakeRequest("lost.png"));
            await using var context = await host.OpenAsync();
            File.Delete(host.Get<OriginalStore>().PathOf(context.Images.Single(image => image.Id == lost.ImageId).Sha256));
        }

        // The row says how it ended before it is counted; what is announced has been counted.
        using var ended = new SemaphoreSlim(0);
        using var subscription = host.Get<AnalysisEvents>().Subscribe(change =>
        {
            if (change.State is AnalysisState.Done or AnalysisState.Failed)
            {
                ended.Release();
            }
        });
        using var client = await host.ServeAsync(app => app.MapMonitoring());
        Assert.True(await ended.WaitAsync(TimeSpan.FromMinutes(2)) && await ended.WaitAsync(TimeSpan.FromMinutes(2)));
        var metrics = await client.GetStringAsync("/metrics");

        Assert.Contains("maskdashboard_analyses_total{otel_scope_name=\"MaskDashboard\",detector=\"yunet\",state=\"done\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("reason=\"OriginalMissing\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("maskdashboard_stage_duration_seconds_count{otel_scope_name=\"MaskDashboard\",stage=\"detect\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("state=\"failed\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("provider=\"Cpu\"", metrics, StringComparison.Ordinal);
    }
}
