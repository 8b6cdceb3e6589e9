using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Notifications;

/// <summary>
/// Sends what the outbox holds. An attempt is counted before it is made, so that one cut short by a restart is made again under the same delivery id;
/// what a receiver accepted is never sent again.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="client">Posts.</param>
/// <param name="events">Told afterwards.</param>
/// <param name="options">How often, and how long between.</param>
/// <param name="clock">The time.</param>
internal sealed class Outbox(
    IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, WebhookClient client, NotificationEvents events, IOptions<NotificationOptions> options, TimeProvider clock)
{
    private const int AtOnce = 4;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    /// <summary>A post of a notification, due at once.</summary>
    /// <param name="notification">What is told.</param>
    /// <param name="isTest">Whether it only tries the address.</param>
    public static WebhookDelivery Delivery(Notification notification, bool isTest)
    {
        var id = Guid.NewGuid().ToString();
        return new WebhookDelivery
        {
            RuleId = notification.RuleId!.Value,
            DeliveryId = id,
            IsTest = isTest,
            Body = WebhookBody.Of(id, notification, isTest),
            CreatedAtUtc = notification.AtUtc,
            DueAtUtc = notification.AtUtc,
        };
    }

    /// <summary>Time to the attempt after a failed one: twice as long each time, an hour at most, and a fifth more or less so that many do not come at once.</summary>
    /// <param name="attempts">Attempts made, from 1.</param>
    /// <param name="first">Time after the first.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan Wait(int attempts, TimeSpan first, double random) =>
        TimeSpan.FromSeconds(Math.Min(first.TotalSeconds * Math.Pow(2, attempts - 1), s_longestWait.TotalSeconds) * (0.8 + (0.4 * random)));

    /// <summary>Sends everything that is due.</summary>
    /// <param name="cancellationToken">The program stops.</param>
    /// <returns>When the next attempt is due, UTC; null for none.</returns>
    public async Task<DateTime?> SendDueAsync(CancellationToken cancellationToken = default)
    {
        long[] due;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var now = clock.GetUtcNow().UtcDateTime;
            due = await context.WebhookDeliveries.Where(delivery => delivery.State == DeliveryState.Pending && delivery.DueAtUtc <= now)
                .OrderBy(delivery => delivery.Id).Select(delivery => delivery.Id).ToArrayAsync(cancellationToken);
        }

        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, token) => await SendAsync(id, token));
        await using var after = await contexts.CreateDbContextAsync(cancellationToken);
        return await after.WebhookDeliveries.Where(delivery => delivery.State == DeliveryState.Pending).MinAsync(delivery => (DateTime?)delivery.DueAtUtc, cancellationToken);
    }

    private async Task SendAsync(long id, CancellationToken cancellationToken)
    {
        var (rule, delivery) = await writer.WriteAsync(
            async (context, token) =>
            {
                var delivery = await context.WebhookDeliveries.SingleOrDefaultAsync(stored => stored.Id == id && stored.State == DeliveryState.Pending, token);
                if (delivery is null)
                {
                    return default;
                }

                var now = clock.GetUtcNow().UtcDateTime;
                delivery.Attempts++;
                (delivery.TriedAtUtc, delivery.DueAtUtc) = (now, now + Wait(delivery.Attempts, TimeSpan.FromSeconds(options.Value.FirstRetrySeconds), Random.Shared.NextDouble()));
                return (Rule: await context.NotificationRules.SingleAsync(stored => stored.Id == delivery.RuleId, token), Delivery: delivery);
            },
            cancellationToken);
        if (delivery is null)
        {
            return;
        }

        var result = rule is { Paused: true } && !delivery.IsTest ? new AttemptResult(DeliveryProblem.NotWanted, null) : await client.PostAsync(rule, delivery, cancellationToken);
        // The receiver has it: not even the program's end may keep this from being remembered.
        await writer.WriteAsync(
            async (context, token) =>
            {
                if (await context.WebhookDeliveries.SingleOrDefaultAsync(stored => stored.Id == id, token) is { } stored)
                {
                    (stored.Problem, stored.Status) = (result.Problem, result.Status);
                    stored.State = result.Problem == DeliveryProblem.None ? DeliveryState.Delivered
                        // Whoever tries an address waits for an answer, not for an hour of attempts.
                        : result.IsWorthRetrying && !stored.IsTest && stored.Attempts < options.Value.MaxAttempts ? DeliveryState.Pending
                        : DeliveryState.Failed;
                }

                return true;
            },
            CancellationToken.None);
        events.Publish();
    }
}
