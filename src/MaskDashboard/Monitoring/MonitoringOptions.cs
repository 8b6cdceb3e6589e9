using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Monitoring;

/// <summary>When the program calls itself not ready. Section <c>Monitoring</c>.</summary>
public sealed class MonitoringOptions
{
    /// <summary>Free space under which uploads are likely to fail, megabytes. 0 to 1,000,000, default 500.</summary>
    [Range(0, 1_000_000)]
    public int MinFreeDiskMegabytes { get; set; } = 500;
}
