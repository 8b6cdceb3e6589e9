namespace MaskDashboard.Tuning;

/// <summary>Adds what shows the effect of settings before they are saved, and applies them to the history after.</summary>
public static class TuningSetup
{
    /// <summary>Adds previews, what-if figures and the jobs that apply settings to the history.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddTuning(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PreviewImages>();
        builder.Services.AddSingleton<HistorySnapshot>();
        builder.Services.AddSingleton<WhatIfQueries>();
        builder.Services.AddSingleton<HistoryJobs>();
        builder.Services.AddSingleton<HistoryJobSteps>();
        builder.Services.AddSingleton<HistoryJobRunner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HistoryJobRunner>());
        return builder;
    }
}
