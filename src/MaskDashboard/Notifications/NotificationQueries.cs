using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Notifications;

/// <summary>A notification in somebody's list.</summary>
/// <param name="Notification">What was told.</param>
/// <param name="Seen">Whether they have seen it.</param>
public sealed record NotificationRow(Notification Notification, bool Seen);

/// <summary>A rule in the administrators' list.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="SiteName">Its site's name; null without one.</param>
/// <param name="Deliveries">Its last deliveries, latest first.</param>
public sealed record RuleRow(NotificationRule Rule, string? SiteName, IReadOnlyList<WebhookDelivery> Deliveries);

/// <summary>Reads rules and notifications, and marks those as seen. Thread-safe.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes marks.</param>
/// <param name="events">Told of marks.</param>
public sealed class NotificationQueries(IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, NotificationEvents events)
{
    /// <summary>Most notifications in a list.</summary>
    public const int ListLength = 100;

    private const int DeliveriesOfARule = 5;

    /// <summary>How many notifications somebody has not seen.</summary>
    /// <param name="userId">Key of the account; null without accounts.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<int> UnseenAsync(string? userId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Unseen(context, userId).CountAsync(cancellationToken);
    }

    /// <summary>The latest notifications, latest first.</summary>
    /// <param name="userId">Key of the account; null without accounts.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<NotificationRow>> ListAsync(string? userId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var who = userId ?? NotificationSeen.Everybody;
        return await context.Notifications.OrderByDescending(notification => notification.Id).Take(ListLength)
            .Select(notification => new NotificationRow(notification, context.NotificationsSeen.Any(seen => seen.NotificationId == notification.Id && seen.UserId == who)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Marks notifications as seen by somebody.</summary>
    /// <param name="userId">Key of the account; null without accounts.</param>
    /// <param name="upTo">The latest of them.</param>
    /// <param name="onlyThat">Whether it is that one alone, and not also all before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MarkSeenAsync(string? userId, long upTo, bool onlyThat = false, CancellationToken cancellationToken = default)
    {
        await writer.WriteAsync(
            async (context, token) =>
            {
                var ids = await Unseen(context, userId).Where(notification => onlyThat ? notification.Id == upTo : notification.Id <= upTo).Select(notification => notification.Id).ToListAsync(token);
                context.AddRange(ids.Select(id => new NotificationSeen { NotificationId = id, UserId = userId ?? NotificationSeen.Everybody }));
                return ids.Count;
            },
            cancellationToken);
        events.Publish();
    }

    /// <summary>All rules, in the order they were made, each with its last deliveries.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<RuleRow>> RulesAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await context.NotificationRules.OrderBy(rule => rule.Id).ToListAsync(cancellationToken);
        var names = await context.Sites.ToDictionaryAsync(site => site.Id, site => site.Name, cancellationToken);
        var rows = new List<RuleRow>(rules.Count);
        foreach (var rule in rules)
        {
            rows.Add(new RuleRow(
                rule,
                rule.SiteId is { } site ? names.GetValueOrDefault(site) : null,
                await context.WebhookDeliveries.Where(delivery => delivery.RuleId == rule.Id).OrderByDescending(delivery => delivery.Id).Take(DeliveriesOfARule).ToListAsync(cancellationToken)));
        }

        return rows;
    }

    private static IQueryable<Notification> Unseen(DashboardDbContext context, string? userId)
    {
        var who = userId ?? NotificationSeen.Everybody;
        return context.Notifications.Where(notification => !context.NotificationsSeen.Any(seen => seen.NotificationId == notification.Id && seen.UserId == who));
    }
}
