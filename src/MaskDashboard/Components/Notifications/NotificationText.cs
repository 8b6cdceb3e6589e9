using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using MaskDashboard.Notifications;
using MaskDashboard.Storage;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Notifications;

/// <summary>Rules, notifications and deliveries in words.</summary>
internal static class NotificationText
{
    /// <summary>What a rule waits for.</summary>
    /// <param name="L">The viewer's language.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="siteName">Its site's name; null without one.</param>
    public static string Rule(IStringLocalizer<Text> L, NotificationRule rule, string? siteName)
    {
        var (limit, hours, site) = (FigureText.Percent(rule.LimitPercent / 100.0), L.Count(rule.Hours, "{0} hour", "{0} hours"), Site(L, rule.SiteId, siteName));
        return rule.Measure == NotificationMeasure.Compliance
            ? L["Compliance below {0} over the last {1}, {2}; from {3} faces with or without a mask on", limit, hours, site, FigureText.Number(rule.MinPeople)]
            : L["More than {0} too close over the last {1}, {2}; from {3} faces in company on", limit, hours, site, FigureText.Number(rule.MinPeople)];
    }

    /// <summary>The site of a rule.</summary>
    /// <param name="L">The viewer's language.</param>
    /// <param name="siteId">The site; 0 for photographs without one, null for all together.</param>
    /// <param name="name">Its name.</param>
    public static string Site(IStringLocalizer<Text> L, long? siteId, string? name) => siteId switch
    {
        null => L["all sites together"],
        FigureRollup.NoSite => L["without a site"],
        _ => name ?? L["a site that was deleted"],
    };

    /// <summary>What a notification says.</summary>
    /// <param name="L">The viewer's language.</param>
    /// <param name="notification">The notification.</param>
    public static string Figures(IStringLocalizer<Text> L, Notification notification)
    {
        var figures = WebhookBody.FiguresOf(notification);
        var (share, limit, people) = (FigureText.Percent(RuleFigures.Share(notification.Measure, figures)), FigureText.Percent(notification.LimitPercent / 100.0), FigureText.Number(RuleFigures.People(notification.Measure, figures)));
        return notification.Measure == NotificationMeasure.Compliance
            ? L["Compliance {0}, limit {1}: {2} of {3} decided faces with a mask, {4} uncertain", share, limit, FigureText.Number(notification.Mask), people, FigureText.Number(notification.Uncertain)]
            : L["{0} too close, limit {1}: {2} of {3} faces in company", share, limit, FigureText.Number(notification.TooClose), people];
    }

    /// <summary>How a delivery stands.</summary>
    /// <param name="L">The viewer's language.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="time">Writes a time.</param>
    public static string Delivery(IStringLocalizer<Text> L, WebhookDelivery delivery, Func<DateTime, string> time) => (delivery.State, delivery.Attempts) switch
    {
        (DeliveryState.Delivered, _) => L["Delivered: the receiver answered {0}", delivery.Status ?? 0],
        (DeliveryState.Pending, 0) => L["On its way"],
        (DeliveryState.Pending, _) when delivery.Problem == DeliveryProblem.None => L["On its way"],
        (DeliveryState.Pending, _) => L["{0} Tried again at {1}.", Problem(L, delivery), time(delivery.DueAtUtc)],
        _ => L["Given up: {0}", Problem(L, delivery)],
    };

    /// <summary>Why a rule was not made or changed.</summary>
    /// <param name="L">The viewer's language.</param>
    /// <param name="problem">Why.</param>
    public static string Refusal(IStringLocalizer<Text> L, RuleProblem problem) => problem switch
    {
        RuleProblem.BadName => L["Give the rule a name of 1 to 80 characters."],
        RuleProblem.OutOfBounds => L["The limit is 0 to 100 %, the period 1 to {0} hours, the least number of people 1 to {1}: change the number that is outside.", RuleWording.MaxHours, FigureText.Number(RuleWording.MaxPeople)],
        RuleProblem.BadAddress => L["The webhook is a whole address that begins with http:// or https://, without a name and password in it: correct it, or leave the field empty."],
        RuleProblem.NoWebhook => L["The rule has no webhook: write its address first."],
        _ => L["The rule or its site was deleted meanwhile: load the page again."],
    };

    private static string Problem(IStringLocalizer<Text> L, WebhookDelivery delivery) => delivery.Problem switch
    {
        DeliveryProblem.Status when delivery.Status is >= 300 and < 400 => L["the receiver sent us elsewhere with {0}, which is not followed: write the final address into the rule.", delivery.Status ?? 0],
        DeliveryProblem.Status => L["the receiver answered {0}: look into its log.", delivery.Status ?? 0],
        DeliveryProblem.Timeout => L["no answer in time: is the receiver running?"],
        DeliveryProblem.PrivateAddress => L["the address lies in a private network or on this machine: set Notifications:AllowPrivateAddresses in appsettings.json if that is meant."],
        DeliveryProblem.Secret => L["the stored secret cannot be read, as after a restored backup: make a new secret."],
        DeliveryProblem.NotWanted => L["the rule was paused or has no webhook any more."],
        _ => L["no connection: check the name, the port and the certificate of the address."],
    };
}
