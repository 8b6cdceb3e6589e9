using System.Data.Common;

namespace MaskDashboard.Housekeeping;

/// <summary>Applies the rules of retention at the start and every hour.</summary>
/// <param name="retention">Removes.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class RetentionWorker(Retention retention, TimeProvider clock, ILogger<RetentionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        do
        {
            try
            {
                var removed = await retention.ApplyAsync(stoppingToken);
                if (removed != default)
                {
                    LogRemoved(logger, removed.Images, removed.Originals, removed.Thumbnails);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException)
            {
                // A full disk or a busy database: the next hour tries again.
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention removed {Images} images, {Originals} originals and {Thumbnails} thumbnails")]
    private static partial void LogRemoved(ILogger logger, int images, int originals, int thumbnails);

    [LoggerMessage(Level = LogLevel.Error, Message = "Retention could not remove what was kept long enough; it tries again within the hour")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
