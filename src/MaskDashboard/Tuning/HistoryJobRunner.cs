using System.Threading.Channels;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>
/// Works through the jobs that apply settings to the history: first judges what needs no inference, in short transactions that others may write between; then has
/// the models look at the rest, few at a time, so that uploads never wait behind a whole history. Every step is committed with the job's counters: after a killed
/// process the next start goes on where it stopped.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="steps">Does the steps.</param>
/// <param name="jobs">Hears of new jobs.</param>
/// <param name="events">Hears of finished analyses.</param>
/// <param name="logger">Log.</param>
public sealed partial class HistoryJobRunner(
    IDbContextFactory<DashboardDbContext> contexts, HistoryJobSteps steps, HistoryJobs jobs, AnalysisEvents events, ILogger<HistoryJobRunner> logger) : BackgroundService
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Works through every job that is to be done now; returns when it waits for the models or has nothing to do.</summary>
    /// <param name="cancellationToken">The program stops.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is { } job)
        {
            var went = job.State == HistoryJobState.RollingBack
                ? await steps.TakeBackAsync(job.Id, cancellationToken)
                : await steps.JudgeAsync(job.Id, cancellationToken) || await steps.LookAgainAsync(job.Id, cancellationToken);
            if (!went)
            {
                return;
            }

            jobs.Tell();
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Wake() => _wake.Writer.TryWrite(true);
        jobs.Changed += Wake;
        using var subscription = events.Subscribe(news =>
        {
            if (news.State is not AnalysisState.Running)
            {
                Wake();
            }
        });
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The database's or the disk's trouble: the job stands where it stood, and the next news tries again.
                    LogFailed(logger, exception);
                }

                await _wake.Reader.ReadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; the job goes on at the next start.
        }
        finally
        {
            jobs.Changed -= Wake;
        }
    }

    private async Task<HistoryJob?> NextAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.HistoryJobs.Where(job => job.State == HistoryJobState.Running || job.State == HistoryJobState.RollingBack)
            .OrderBy(job => job.Id).FirstOrDefaultAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Settings could not be applied to the history")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
