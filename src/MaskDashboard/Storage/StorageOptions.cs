using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Storage;

/// <summary>Where the dashboard keeps what people give it. Section <c>Data</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The data folder: database, originals, keys, backups. A relative path starts at the current folder. Default <c>data</c>.</summary>
    [Required]
    public string Folder { get; set; } = "data";
}
