using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Notifications;

/// <summary>
/// Looks at every rule that is not paused. One that becomes true tells once; it is silent until it was false again, and for the cool-down in any case.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="compliance">Figures.</param>
/// <param name="events">Told afterwards.</param>
/// <param name="options">The cool-down.</param>
/// <param name="clock">The time.</param>
public sealed class RuleEvaluator(
    IDbContextFactory<DashboardDbContext> contexts,
    DatabaseWriter writer,
    ComplianceQueries compliance,
    NotificationEvents events,
    IOptions<NotificationOptions> options,
    TimeProvider clock)
{
    /// <summary>Looks at the rules.</summary>
    /// <param name="cancellationToken">Stops between two rules.</param>
    /// <returns>How many told.</returns>
    public async Task<int> EvaluateAsync(CancellationToken cancellationToken = default)
    {
        List<NotificationRule> rules;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            rules = await context.NotificationRules.Where(rule => !rule.Paused).OrderBy(rule => rule.Id).ToListAsync(cancellationToken);
        }

        var told = 0;
        foreach (var rule in rules)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var seen = await FiguresAsync(rule, now, cancellationToken);
            var isTrue = seen.Fulfil(rule);
            var cools = rule.ToldAtUtc is { } last && now < last.AddMinutes(options.Value.CoolDownMinutes);
            // While it cools down it is not yet taken for true: it tells afterwards, should it still be.
            if (isTrue != rule.IsTrue && !(isTrue && cools) && await TurnAsync(rule, isTrue, seen, now, cancellationToken))
            {
                told += isTrue ? 1 : 0;
            }
        }

        return told;
    }

    /// <summary>What a rule sees now.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="nowUtc">The present.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RuleFigures> FiguresAsync(NotificationRule rule, DateTime nowUtc, CancellationToken cancellationToken = default)
    {
        var (since, until) = RuleFigures.Period(rule.Hours, nowUtc);
        return new RuleFigures(since, until, await compliance.FiguresAsync(new ImageFilter { SiteId = rule.SiteId, SinceUtc = since, UntilUtc = until }, TimeZoneInfo.Utc, cancellationToken));
    }

    /// <summary>A notification of a rule that is not stored yet.</summary>
    /// <param name="context">Knows the site's name.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="seen">What it saw.</param>
    /// <param name="nowUtc">The present.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<Notification> NotificationAsync(DashboardDbContext context, NotificationRule rule, RuleFigures seen, DateTime nowUtc, CancellationToken cancellationToken) => new()
    {
        RuleId = rule.Id,
        RuleName = rule.Name,
        Measure = rule.Measure,
        LimitPercent = rule.LimitPercent,
        SiteId = rule.SiteId,
        SiteName = rule.SiteId is > FigureRollup.NoSite ? await context.Sites.Where(site => site.Id == rule.SiteId).Select(site => site.Name).SingleOrDefaultAsync(cancellationToken) : null,
        AtUtc = nowUtc,
        SinceUtc = seen.SinceUtc,
        UntilUtc = seen.UntilUtc,
        Images = seen.Figures.Images,
        Mask = seen.Figures.Faces.Mask,
        NoMask = seen.Figures.Faces.NoMask,
        Uncertain = seen.Figures.Faces.Uncertain,
        TooClose = seen.Figures.Faces.TooClose,
        FacesInPairs = seen.Figures.FacesInPairs,
    };

    // State, notification and post in one transaction: after a kill there are all of them or none.
    private async Task<bool> TurnAsync(NotificationRule seenRule, bool isTrue, RuleFigures seen, DateTime now, CancellationToken cancellationToken)
    {
        var turned = await writer.WriteAsync(
            async (context, token) =>
            {
                // Changed, paused or deleted meanwhile: the next look decides.
                if (await context.NotificationRules.SingleOrDefaultAsync(rule => rule.Id == seenRule.Id && rule.Revision == seenRule.Revision && !rule.Paused && rule.IsTrue != isTrue, token) is not { } rule)
                {
                    return false;
                }

                rule.IsTrue = isTrue;
                if (isTrue)
                {
                    rule.ToldAtUtc = now;
                    var notification = await NotificationAsync(context, rule, seen, now, token);
                    context.Add(notification);
                    if (rule.WebhookAddress is not null)
                    {
                        context.Add(Outbox.Delivery(notification, isTest: false));
                    }
                }

                return true;
            },
            cancellationToken);
        if (turned)
        {
            events.Publish();
        }

        return turned;
    }
}
