using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Notifications;

/// <summary>Notifications and their webhooks; section <c>Notifications</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>How often rules are looked at without any news, minutes. Default 5; after an analysis they are looked at within seconds.</summary>
    [Range(1, 60)]
    public int CheckMinutes { get; set; } = 5;

    /// <summary>Shortest time between two notifications of the same rule, minutes. Default 60.</summary>
    [Range(0, 10_080)]
    public int CoolDownMinutes { get; set; } = 60;

    /// <summary>How long notifications and deliveries are kept, days. Default 90.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 90;

    /// <summary>
    /// Whether webhooks may lead to this machine and to private networks. Default false: whoever may write a rule could otherwise make the program
    /// knock on what only it can reach.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long an attempt may take, seconds. Default 10.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Attempts before a delivery is given up. Default 8, which takes a little over an hour.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>Time from the first attempt to the second, seconds; each further one waits twice as long, an hour at most. Default 30.</summary>
    [Range(1, 3600)]
    public int FirstRetrySeconds { get; set; } = 30;
}
