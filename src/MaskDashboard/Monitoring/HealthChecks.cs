using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Monitoring;

/// <summary>The database answers.</summary>
/// <param name="queue">Asks it.</param>
internal sealed class DatabaseHealthCheck(AnalysisQueue queue) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await queue.StateAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SqliteException exception)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer (SQLite error {exception.SqliteErrorCode}): see the log.", exception);
        }
    }
}

/// <summary>There is room for uploads.</summary>
/// <param name="folder">Where they go.</param>
/// <param name="options">How much room is enough.</param>
internal sealed class DiskHealthCheck(DataFolder folder, IOptions<MonitoringOptions> options) : IHealthCheck
{
    private const long Megabyte = 1_000_000;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var freeMegabytes = new DriveInfo(folder.Root).AvailableFreeSpace / Megabyte;
        return Task.FromResult(freeMegabytes >= options.Value.MinFreeDiskMegabytes
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The disk of the data folder has {freeMegabytes} MB left, less than Monitoring:MinFreeDiskMegabytes ({options.Value.MinFreeDiskMegabytes}): free some space."));
    }
}

/// <summary>The workers work.</summary>
/// <param name="services">The hosted services.</param>
internal sealed class WorkerHealthCheck(IEnumerable<IHostedService> services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(services.OfType<AnalysisWorker>().Single().ExecuteTask is { IsCompleted: false }
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The workers are not running, uploads wait: see the log and start the program again."));
}
