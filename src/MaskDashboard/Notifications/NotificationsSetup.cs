namespace MaskDashboard.Notifications;

/// <summary>Adds rules, notifications and webhooks.</summary>
public static class NotificationsSetup
{
    /// <summary>Adds rules, notifications and webhooks.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<NotificationOptions>().BindConfiguration("Notifications").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<NotificationEvents>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton<NotificationRules>();
        services.AddSingleton<RuleEvaluator>();
        services.AddSingleton<WebhookSignature>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<Outbox>();
        services.AddHostedService<RuleWorker>();
        services.AddHostedService<DeliveryWorker>();
        return builder;
    }
}
