namespace MaskDashboard.Notifications;

/// <summary>Tells pages and workers that rules, notifications or deliveries changed. Thread-safe; one for the process.</summary>
public sealed class NotificationEvents
{
    /// <summary>Something changed and is committed. Called on the thread that changed it; the handler must be quick and marshal to its own context.</summary>
    public event Action? Changed;

    /// <summary>Tells everybody.</summary>
    public void Publish() => Changed?.Invoke();
}
