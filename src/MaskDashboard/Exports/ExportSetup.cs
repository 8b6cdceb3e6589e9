using MaskDashboard.Deletion;

namespace MaskDashboard.Exports;

/// <summary>Adds exports and deletion.</summary>
public static class ExportSetup
{
    /// <summary>Adds exports and deletion.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddExports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ImageDocuments>();
        builder.Services.AddSingleton<CsvExport>();
        builder.Services.AddSingleton<JsonExport>();
        builder.Services.AddSingleton<CocoExport>();
        builder.Services.AddSingleton<ImageDeletion>();
        return builder;
    }
}
