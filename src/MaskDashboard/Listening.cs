using System.Net;
using MaskDashboard.Accounts;
using MaskDashboard.Housekeeping;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard;

/// <summary>Where the program listens, and what has to be ready before it does.</summary>
public static class Listening
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>Listens on the loopback interface alone: without accounts nobody else may see the photographs.</summary>
    /// <param name="builder">The program.</param>
    /// <exception cref="StartupException">Another interface is configured.</exception>
    public static WebApplicationBuilder AddListening(this WebApplicationBuilder builder)
    {
        var addresses = builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultAddress;
        foreach (var address in addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !(uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))))
            {
                throw new StartupException($"The dashboard has no accounts yet and listens on this machine only: change urls from {address} to an address such as {DefaultAddress}.");
            }
        }

        builder.WebHost.UseUrls(addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        return builder;
    }

    /// <summary>Opens the models, puts a waiting backup in force, brings the database up to date, reads the settings, and says where the program will be.</summary>
    /// <param name="app">The program.</param>
    /// <exception cref="ModelFileException">A model is missing or damaged.</exception>
    /// <exception cref="StartupException">The data folder or database cannot be used.</exception>
    public static async Task PrepareAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<VisionRuntime>();
        var replaced = app.Services.GetRequiredService<StagedRestore>().Apply();
        await app.Services.GetRequiredService<DatabaseStartup>().RunAsync();
        if (replaced is not null)
        {
            await app.Services.GetRequiredService<AuditLog>().AppendAsync(AuditAction.Backup, $"Backup restored; what it replaced is in {Path.GetFileName(replaced)}", Actor.Program);
        }

        await app.Services.GetRequiredService<SettingsStore>().LoadAsync();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(
            $"MaskDashboard is at {string.Join(" and ", app.Urls)} (this machine only: there are no accounts). Data: {app.Services.GetRequiredService<DataFolder>().Root}. Stop with Ctrl+C."));
    }
}
