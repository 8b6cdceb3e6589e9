using System.Text.Encodings.Web;
using System.Text.Json;
using MaskDashboard.Compliance;
using MaskDashboard.Storage;

namespace MaskDashboard.Notifications;

/// <summary>What is posted.</summary>
internal static class WebhookBody
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of a notification; its shape is described in README.md and only ever grows.</summary>
    /// <param name="deliveryId">Names the delivery.</param>
    /// <param name="notification">What is told.</param>
    /// <param name="isTest">Whether the figures are made up to try the address.</param>
    public static string Of(string deliveryId, Notification notification, bool isTest)
    {
        var figures = FiguresOf(notification);
        return JsonSerializer.Serialize(
            new
            {
                Event = isTest ? "test" : "rule.true",
                DeliveryId = deliveryId,
                AtUtc = notification.AtUtc,
                Rule = new { Id = notification.RuleId, Name = notification.RuleName, Measure = notification.Measure == NotificationMeasure.Compliance ? "compliance" : "tooClose", notification.LimitPercent },
                Site = notification.SiteId is { } site ? new { Id = site, Name = notification.SiteName } : null,
                Period = new { notification.SinceUtc, notification.UntilUtc },
                Figures = new
                {
                    Share = RuleFigures.Share(notification.Measure, figures),
                    People = RuleFigures.People(notification.Measure, figures),
                    notification.Images,
                    notification.Mask,
                    notification.NoMask,
                    notification.Uncertain,
                    notification.TooClose,
                    notification.FacesInPairs,
                },
                History = HistoryAddress(notification),
            },
            s_json);
    }

    /// <summary>The photographs behind a notification.</summary>
    /// <param name="notification">The notification.</param>
    public static string HistoryAddress(Notification notification) =>
        new ImageFilter { SiteId = notification.SiteId, SinceUtc = notification.SinceUtc, UntilUtc = notification.UntilUtc }.ToAddress("/history");

    /// <summary>The figures of a notification.</summary>
    /// <param name="notification">The notification.</param>
    public static PeriodFigures FiguresOf(Notification notification) => new(
        notification.Images, new(notification.Mask, notification.NoMask, notification.Uncertain, notification.TooClose), notification.FacesInPairs);
}
