using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Queue;

/// <summary>How the queue works. Section <c>Queue</c>.</summary>
public sealed class QueueOptions
{
    /// <summary>Images analysed at the same time. 1 to 32, default 1: one inference already uses every core.</summary>
    [Range(1, 32)]
    public int Workers { get; set; } = 1;

    /// <summary>Starts of an analysis before it is given up: an image that brings the process down must not do so for ever. 1 to 10, default 3.</summary>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How often the database is offered a result before its analysis fails. 1 to 20, default 6, which is about 15 seconds.</summary>
    [Range(1, 20)]
    public int StoreAttempts { get; set; } = 6;
}
