using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Storage;

/// <summary>
/// Tells SQLite's query planner how many rows there are to each value of an index. Without that it guesses, and reads a whole table
/// where an index would do: some lists take ten times as long.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class PlannerStatistics(IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, TimeProvider clock, ILogger<PlannerStatistics> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(5);

    private long _countedUpTo = -1;

    /// <summary>Counts anew where the images have grown by a quarter since it last did.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether it counted.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await context.Images.MaxAsync(image => (long?)image.Id, cancellationToken) ?? 0;
        if (newest * 4 <= _countedUpTo * 5)
        {
            return false;
        }

        await writer.WriteAsync(async (write, token) => await write.Database.ExecuteSqlAsync($"ANALYZE", token), cancellationToken);
        // Connections read the counts when they open; those that are open and unused go.
        SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        _countedUpTo = newest;
        return true;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        do
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (DbException exception)
            {
                // A busy database: lists are slower until the next time.
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The query planner's statistics could not be refreshed; it is tried again in five minutes")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
