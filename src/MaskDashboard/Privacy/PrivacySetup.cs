namespace MaskDashboard.Privacy;

/// <summary>Adds face blur.</summary>
public static class PrivacySetup
{
    /// <summary>Adds face blur.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddPrivacy(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FaceBlurring>();
        builder.Services.AddSingleton<BlurredAnalysis>();
        builder.Services.AddSingleton<FaceBlurWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FaceBlurWorker>());
        return builder;
    }
}
