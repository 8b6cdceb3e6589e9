using System.ComponentModel.DataAnnotations;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Settings;

/// <summary>Adds the analysis settings.</summary>
public static class SettingsSetup
{
    /// <summary>Adds the analysis settings; the section <c>Analysis</c> holds those of a new database.</summary>
    /// <param name="builder">The program.</param>
    /// <exception cref="StartupException">A value of the section is out of its bounds.</exception>
    public static WebApplicationBuilder AddAnalysisSettings(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Analysis").Get<AnalysisSettings>() ?? new AnalysisSettings();
        var failures = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), failures, validateAllProperties: true))
        {
            throw new StartupException($"appsettings.json, section Analysis: {failures[0].ErrorMessage} Set it within its bounds.");
        }

        builder.Services.AddSingleton(new InitialSettings(settings));
        builder.Services.AddSingleton<SettingsStore>();
        builder.Services.AddSingleton<SettingsVersionQueries>();
        return builder;
    }
}
