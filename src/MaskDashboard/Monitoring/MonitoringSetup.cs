using MaskDashboard.Accounts;
using OpenTelemetry.Metrics;

namespace MaskDashboard.Monitoring;

/// <summary>Adds metrics and health checks.</summary>
public static class MonitoringSetup
{
    /// <summary>Adds metrics and health checks.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddMonitoring(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MonitoringOptions>().BindConfiguration("Monitoring").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<DashboardMetrics>();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(DashboardMetrics.MeterName)
            .AddView(DashboardMetrics.StageDuration, new ExplicitBucketHistogramConfiguration { Boundaries = DashboardMetrics.StageBucketsSeconds })
            .AddPrometheusExporter());
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database")
            .AddCheck<DiskHealthCheck>("disk")
            .AddCheck<WorkerHealthCheck>("workers");
        return builder;
    }

    /// <summary>Maps <c>/health</c>, <c>/health/live</c>, <c>/health/ready</c> and, in Prometheus' format, <c>/metrics</c>.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapMonitoring(this WebApplication app)
    {
        app.MapHealth();
        // Made now, so that the gauges are there before the first analysis.
        app.Services.GetRequiredService<DashboardMetrics>();
        app.MapPrometheusScrapingEndpoint().RequireAuthorization(Policies.Viewer);
        return app;
    }
}
