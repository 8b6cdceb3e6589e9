namespace MaskDashboard.Compliance;

/// <summary>Adds lists, results and figures.</summary>
public static class ComplianceSetup
{
    /// <summary>Adds lists, results and figures.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddCompliance(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FigureTable>();
        builder.Services.AddSingleton<ImageTotals>();
        builder.Services.AddSingleton<HistoryQueries>();
        builder.Services.AddSingleton<ResultQueries>();
        builder.Services.AddSingleton<ComplianceQueries>();
        builder.Services.AddSingleton<ReportQueries>();
        return builder;
    }
}
