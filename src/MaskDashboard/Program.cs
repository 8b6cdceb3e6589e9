using MaskDashboard;
using MaskDashboard.Accounts;
using MaskDashboard.Api;
using MaskDashboard.Components;
using MaskDashboard.Compliance;
using MaskDashboard.Endpoints;
using MaskDashboard.Housekeeping;
using MaskDashboard.Monitoring;
using MaskDashboard.Notifications;
using MaskDashboard.Queue;
using MaskDashboard.Privacy;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Tuning;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.Extensions.Options;

try
{
    if (await BackupCommands.RunAsync(args) is { } exitCode)
    {
        return exitCode;
    }

    var builder = ContentRoot.CreateBuilder(AccountOptions.Arguments(args));

    builder.AddListening();
    builder.AddStorage();
    builder.AddAccounts();
    builder.AddAnalysisSettings();
    builder.AddAnalysisQueue();
    builder.AddCompliance();
    builder.AddReview();
    builder.AddTuning();
    builder.AddApi();
    builder.AddDashboardUi();
    builder.AddNotifications();
    builder.AddPrivacy();
    builder.AddHousekeeping();
    builder.AddMonitoring();

    var app = builder.Build();

    app.MapDashboardUi();
    app.MapAccounts();
    app.MapUploads();
    app.MapImages();
    app.MapApi();
    app.MapHousekeeping();
    app.MapMonitoring();

    await app.PrepareAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is StartupException or ModelFileException or OptionsValidationException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
