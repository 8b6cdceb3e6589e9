using System.Data.Common;
using System.Threading.Channels;
using MaskDashboard.Components.Controls;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Notifications;

/// <summary>Looks at the rules after analyses and now and then, and forgets what is old. Analyses never wait for it.</summary>
/// <param name="evaluator">Looks.</param>
/// <param name="writer">Deletes.</param>
/// <param name="analyses">Tells of analyses.</param>
/// <param name="events">Tells of changed rules.</param>
/// <param name="options">How often.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class RuleWorker(
    RuleEvaluator evaluator, DatabaseWriter writer, AnalysisEvents analyses, NotificationEvents events, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<RuleWorker> logger)
    : BackgroundService
{
    // A batch of photographs makes one look, not hundreds.
    private static readonly TimeSpan s_afterNews = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var soon = new LiveRefresh(clock, s_afterNews, () =>
        {
            wake.Writer.TryWrite(true);
            return Task.CompletedTask;
        });
        using var news = analyses.Subscribe(analysis =>
        {
            if (analysis.State is AnalysisState.Done or null)
            {
                soon.Request();
            }
        });
        // A rule that was made or changed is looked at as soon.
        events.Changed += soon.Request;
        await using var timer = clock.CreateTimer(_ => wake.Writer.TryWrite(true), null, TimeSpan.Zero, TimeSpan.FromMinutes(options.Value.CheckMinutes));
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await evaluator.EvaluateAsync(stoppingToken);
                    await ForgetAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is IOException or DbException or DbUpdateException)
                {
                    LogFailed(logger, options.Value.CheckMinutes, exception);
                }
            }
        }
        finally
        {
            events.Changed -= soon.Request;
        }
    }

    private Task ForgetAsync(CancellationToken cancellationToken)
    {
        var limit = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepDays);
        return writer.WriteAsync(
            async (context, token) =>
                await context.Notifications.Where(notification => notification.AtUtc < limit).ExecuteDeleteAsync(token)
                + await context.WebhookDeliveries.Where(delivery => delivery.State != DeliveryState.Pending && delivery.CreatedAtUtc < limit).ExecuteDeleteAsync(token),
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The notification rules could not be looked at; they are again within {Minutes} minutes")]
    private static partial void LogFailed(ILogger logger, int minutes, Exception exception);
}

/// <summary>Sends the outbox: what is due at the start, what is written, and what is tried again. Rules never wait for a receiver.</summary>
/// <param name="outbox">Sends.</param>
/// <param name="events">Tells of new posts.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
internal sealed partial class DeliveryWorker(Outbox outbox, NotificationEvents events, TimeProvider clock, ILogger<DeliveryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Wake() => wake.Writer.TryWrite(true);
        events.Changed += Wake;
        await using var timer = clock.CreateTimer(_ => Wake(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                var sleep = s_longestSleep;
                try
                {
                    if (await outbox.SendDueAsync(stoppingToken) is { } due && due - clock.GetUtcNow().UtcDateTime is var left && left < sleep)
                    {
                        sleep = left > TimeSpan.Zero ? left : TimeSpan.Zero;
                    }
                }
                catch (Exception exception) when (exception is IOException or DbException or DbUpdateException)
                {
                    LogFailed(logger, exception);
                }

                timer.Change(sleep, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            events.Changed -= Wake;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Posts to webhooks could not be read or noted; they are tried again within five minutes")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
