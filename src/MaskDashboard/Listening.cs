using System.Net;
using System.Text.RegularExpressions;
using MaskDashboard.Accounts;
using MaskDashboard.Housekeeping;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.Extensions.Options;

namespace MaskDashboard;

/// <summary>Where the program listens, and what has to be ready before it does.</summary>
public static partial class Listening
{
    private const string DefaultAddress = "http://127.0.0.1:5080";
    private const string AllowedHostsKey = "AllowedHosts";
    private const string LoopbackHosts = "localhost;127.0.0.1;[::1]";

    /// <summary>Listens where the configuration says; a run without accounts on the loopback interface alone, since everybody who reaches it may do everything.</summary>
    /// <param name="builder">The program.</param>
    /// <exception cref="StartupException">An address cannot be understood, is taken, or is not for a run without accounts.</exception>
    public static WebApplicationBuilder AddListening(this WebApplicationBuilder builder)
    {
        var addresses = (builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultAddress).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var elsewhere = Array.Find(addresses, address => !IsLoopback(address));
        if (elsewhere is not null && builder.Configuration.GetValue<bool>("Accounts:Demo"))
        {
            throw new StartupException($"A demo without accounts listens on this machine only: change urls from {elsewhere} to an address such as {DefaultAddress}, or leave --demo away.");
        }

        if (elsewhere is not null && builder.Configuration[AllowedHostsKey] == LoopbackHosts)
        {
            // Other machines know this one by names that only its owner knows. Cookies go by name, so a foreign name for it finds nobody signed in.
            builder.Configuration[AllowedHostsKey] = "*";
        }

        FreePorts.Require(addresses);
        builder.WebHost.UseUrls(addresses);
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
        await app.Services.GetRequiredService<AccountDirectory>().LoadAsync();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Greeting(app)));
    }

    private static string Greeting(WebApplication app)
    {
        var words = new List<string> { $"MaskDashboard is at {string.Join(" and ", app.Urls)}. Data: {app.Services.GetRequiredService<DataFolder>().Root}. Stop with Ctrl+C." };
        if (app.Services.GetRequiredService<IOptions<AccountOptions>>().Value.Demo)
        {
            words.Add("This is a demo without accounts: everybody on this machine may see, change and delete everything. Leave --demo away for accounts.");
            return string.Join(Environment.NewLine, words);
        }

        if (!app.Services.GetRequiredService<AccountDirectory>().HasAdministrator && app.Services.GetRequiredService<SetupToken>().Text is { } token)
        {
            var root = AnyInterface().Replace(app.Urls.First(), "://localhost").TrimEnd('/');
            words.Add($"There is no administrator yet, so nothing else works. Open this address once to make one; it ends with the program: {root}{AccountAddresses.Setup}?token={token}");
        }

        if (app.Urls.FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !IsLoopback(url)) is { } open)
        {
            words.Add($"Warning: passwords and photographs cross the network unencrypted at {open}. Use an https address, or a reverse proxy that does.");
        }

        return string.Join(Environment.NewLine, words);
    }

    private static bool IsLoopback(string address)
    {
        try
        {
            var host = BindingAddress.Parse(address).Host;
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            throw new StartupException($"The dashboard cannot listen on '{address}': change urls to an address such as {DefaultAddress}.");
        }
    }

    [GeneratedRegex(@"://(\[::\]|0\.0\.0\.0|\*|\+)")]
    private static partial Regex AnyInterface();
}
