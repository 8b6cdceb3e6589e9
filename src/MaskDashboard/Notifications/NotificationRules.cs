using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Notifications;

/// <summary>Why a rule was not made or changed.</summary>
public enum RuleProblem
{
    /// <summary>A name has 1 to 80 characters and no control characters.</summary>
    BadName = 0,

    /// <summary>A number is out of its bounds.</summary>
    OutOfBounds = 1,

    /// <summary>The webhook is no address of http or https, or has a name and password in it.</summary>
    BadAddress = 2,

    /// <summary>The rule or its site was deleted meanwhile.</summary>
    Gone = 3,

    /// <summary>The rule has no webhook.</summary>
    NoWebhook = 4,
}

/// <summary>A rule was not made or changed; nothing was stored.</summary>
/// <param name="problem">Why.</param>
public sealed class RuleException(RuleProblem problem) : Exception($"The rule was not changed: {problem}.")
{
    /// <summary>Why.</summary>
    public RuleProblem Problem => problem;
}

/// <summary>The wording of a rule.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Measure">What it looks at.</param>
/// <param name="LimitPercent">0 to 100.</param>
/// <param name="Hours">1 to 720.</param>
/// <param name="SiteId">The site; 0 for photographs without one, null for all together.</param>
/// <param name="MinPeople">1 to 100,000.</param>
/// <param name="WebhookAddress">Where it is posted; null or empty for the page alone.</param>
public sealed record RuleWording(string Name, NotificationMeasure Measure, int LimitPercent, int Hours, long? SiteId, int MinPeople, string? WebhookAddress)
{
    /// <summary>Longest period, hours: thirty days.</summary>
    public const int MaxHours = 720;

    /// <summary>Greatest least number of people.</summary>
    public const int MaxPeople = 100_000;
}

/// <summary>Makes, changes, pauses, tries and deletes rules. Every change is in the audit log. Thread-safe.</summary>
/// <param name="writer">Writes.</param>
/// <param name="evaluator">Knows the present figures, for tries.</param>
/// <param name="signature">Makes secrets.</param>
/// <param name="audit">Keeps who changed what.</param>
/// <param name="events">Told afterwards.</param>
/// <param name="clock">The time.</param>
internal sealed class NotificationRules(DatabaseWriter writer, RuleEvaluator evaluator, WebhookSignature signature, AuditLog audit, NotificationEvents events, TimeProvider clock)
{
    /// <summary>Makes a rule, or changes one; a changed rule begins anew, as if it had never told.</summary>
    /// <param name="id">The rule; null for a new one.</param>
    /// <param name="wording">What it says.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A secret to show once, when the rule did not have one and needs it; else null.</returns>
    /// <exception cref="RuleException">Nothing was changed.</exception>
    public Task<string?> SaveAsync(long? id, RuleWording wording, Actor by, CancellationToken cancellationToken = default)
    {
        var checkedWording = Check(wording);
        return WriteAsync(
            by,
            async (context, token) =>
            {
                if (wording.SiteId is > FigureRollup.NoSite and var site && !await context.Sites.AnyAsync(stored => stored.Id == site, token))
                {
                    throw new RuleException(RuleProblem.Gone);
                }

                var rule = id is { } known ? await FindAsync(context, known, token) : new NotificationRule { Name = checkedWording.Name, CreatedAtUtc = clock.GetUtcNow().UtcDateTime };
                (rule.Name, rule.Measure, rule.LimitPercent, rule.Hours) = (checkedWording.Name, checkedWording.Measure, checkedWording.LimitPercent, checkedWording.Hours);
                (rule.SiteId, rule.MinPeople, rule.WebhookAddress) = (checkedWording.SiteId, checkedWording.MinPeople, checkedWording.WebhookAddress);
                Restart(rule);
                string? secret = null;
                if (rule.WebhookAddress is null)
                {
                    rule.ProtectedSecret = null;
                }
                else if (rule.ProtectedSecret is null)
                {
                    (secret, rule.ProtectedSecret) = signature.Make();
                }

                if (id is null)
                {
                    context.Add(rule);
                    await context.SaveChangesAsync(token);
                }

                audit.Append(context, AuditAction.Administration, $"Notification rule {rule.Id} {(id is null ? "made" : "changed")}: {Words(rule)}", by);
                return secret;
            },
            cancellationToken);
    }

    /// <summary>Pauses a rule: it is not looked at, and posts that are under way are given up. Or lets it go on, as if it had never told.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="paused">Whether it pauses.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleException">There is no such rule.</exception>
    public Task PauseAsync(long id, bool paused, Actor by, CancellationToken cancellationToken = default) => WriteAsync(
        by,
        async (context, token) =>
        {
            var rule = await FindAsync(context, id, token);
            rule.Paused = paused;
            Restart(rule);
            audit.Append(context, AuditAction.Administration, $"Notification rule {id} {(paused ? "paused" : "resumed")}", by);
            return true;
        },
        cancellationToken);

    /// <summary>Deletes a rule with its deliveries; what it told stays.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleException">There is no such rule.</exception>
    public Task DeleteAsync(long id, Actor by, CancellationToken cancellationToken = default) => WriteAsync(
        by,
        async (context, token) =>
        {
            context.Remove(await FindAsync(context, id, token));
            audit.Append(context, AuditAction.Administration, $"Notification rule {id} deleted", by);
            return true;
        },
        cancellationToken);

    /// <summary>Gives a rule a new secret; the old one is worth nothing from then on.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The secret, to show once.</returns>
    /// <exception cref="RuleException">There is no such rule, or it has no webhook.</exception>
    public Task<string> NewSecretAsync(long id, Actor by, CancellationToken cancellationToken = default) => WriteAsync(
        by,
        async (context, token) =>
        {
            var rule = await FindAsync(context, id, token);
            RequireWebhook(rule);
            var (secret, kept) = signature.Make();
            rule.ProtectedSecret = kept;
            audit.Append(context, AuditAction.Administration, $"Notification rule {id} has a new secret", by);
            return secret;
        },
        cancellationToken);

    /// <summary>Sends the present figures to a rule's webhook, marked as a test; tried once.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="by">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuleException">There is no such rule, or it has no webhook.</exception>
    public Task SendTestAsync(long id, Actor by, CancellationToken cancellationToken = default) => WriteAsync(
        by,
        async (context, token) =>
        {
            var rule = await FindAsync(context, id, token);
            RequireWebhook(rule);
            var now = clock.GetUtcNow().UtcDateTime;
            context.Add(Outbox.Delivery(await RuleEvaluator.NotificationAsync(context, rule, await evaluator.FiguresAsync(rule, now, token), now, token), isTest: true));
            audit.Append(context, AuditAction.Administration, $"Notification rule {id}: a test was sent", by);
            return true;
        },
        cancellationToken);

    private static RuleWording Check(RuleWording wording)
    {
        var name = wording.Name.Trim();
        if (name.Length is 0 or > 80 || name.Any(char.IsControl))
        {
            throw new RuleException(RuleProblem.BadName);
        }

        if (wording.LimitPercent is < 0 or > 100 || wording.Hours is < 1 or > RuleWording.MaxHours || wording.MinPeople is < 1 or > RuleWording.MaxPeople || !Enum.IsDefined(wording.Measure))
        {
            throw new RuleException(RuleProblem.OutOfBounds);
        }

        if (string.IsNullOrWhiteSpace(wording.WebhookAddress))
        {
            return wording with { Name = name, WebhookAddress = null };
        }

        return WebhookClient.TryParse(wording.WebhookAddress, out var address) ? wording with { Name = name, WebhookAddress = address!.AbsoluteUri } : throw new RuleException(RuleProblem.BadAddress);
    }

    // Addresses often have a secret of their receiver in them: the log keeps the host alone.
    private static string Words(NotificationRule rule) => FormattableString.Invariant(
        $"{(rule.Measure == NotificationMeasure.Compliance ? "compliance below" : "too close above")} {rule.LimitPercent} % over {rule.Hours} hours, {(rule.SiteId is { } site ? $"site {site}" : "all sites")}, {rule.MinPeople} people at the least, {(rule.WebhookAddress is { } webhook ? $"posted to {new Uri(webhook).Host}" : "shown in the page")}");

    private static void Restart(NotificationRule rule)
    {
        (rule.IsTrue, rule.ToldAtUtc) = (false, null);
        rule.Revision++;
    }

    private static void RequireWebhook(NotificationRule rule)
    {
        if (rule.WebhookAddress is null)
        {
            throw new RuleException(RuleProblem.NoWebhook);
        }
    }

    private static async Task<NotificationRule> FindAsync(DashboardDbContext context, long id, CancellationToken cancellationToken) =>
        await context.NotificationRules.SingleOrDefaultAsync(rule => rule.Id == id, cancellationToken) ?? throw new RuleException(RuleProblem.Gone);

    private async Task<T> WriteAsync<T>(Actor by, Func<DashboardDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        by.Require(AccountRole.Administrator);
        var result = await writer.WriteAsync(work, cancellationToken);
        events.Publish();
        return result;
    }
}
