namespace MaskDashboard.Storage;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its next attempt.</summary>
    Pending = 0,

    /// <summary>The receiver answered with a status from 200 to 299.</summary>
    Delivered = 1,

    /// <summary>Given up.</summary>
    Failed = 2,
}

/// <summary>Why an attempt to deliver failed.</summary>
public enum DeliveryProblem
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>The receiver answered with a status that is no success; see <see cref="WebhookDelivery.Status"/>.</summary>
    Status = 1,

    /// <summary>No answer in time.</summary>
    Timeout = 2,

    /// <summary>No connection: the name is unknown, nobody listens, or the certificate is not accepted.</summary>
    Unreachable = 3,

    /// <summary>The name leads to a private or loopback address, and the settings do not allow those.</summary>
    PrivateAddress = 4,

    /// <summary>The stored secret cannot be read with the keys of this program.</summary>
    Secret = 5,

    /// <summary>The rule was paused, or has no webhook any more.</summary>
    NotWanted = 6,
}

/// <summary>One post to a webhook: the outbox. It is written in the transaction that makes the notification, so a restart loses nothing.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Primary key, in order of time.</summary>
    public long Id { get; set; }

    /// <summary>The rule whose address and secret are used.</summary>
    public long RuleId { get; set; }

    /// <summary>Names the delivery to its receiver, the same in every attempt.</summary>
    public required string DeliveryId { get; set; }

    /// <summary>Whether an administrator sent it to try the address.</summary>
    public bool IsTest { get; set; }

    /// <summary>The JSON that is sent.</summary>
    public required string Body { get; set; }

    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; set; }

    /// <summary>Attempts begun. Counted before each, so that one cut short by a restart counts too.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was written, UTC.</summary>
    public DateTime CreatedAtUtc { get; set; }

    /// <summary>When the next attempt is due, UTC; of no meaning once it is not pending.</summary>
    public DateTime DueAtUtc { get; set; }

    /// <summary>When the last attempt began, UTC; null before the first.</summary>
    public DateTime? TriedAtUtc { get; set; }

    /// <summary>HTTP status of the last answer; null without one.</summary>
    public int? Status { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public DeliveryProblem Problem { get; set; }
}
