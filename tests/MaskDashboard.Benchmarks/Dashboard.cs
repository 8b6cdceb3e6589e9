using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MaskDashboard.Benchmarks;

/// <summary>The real program in a process of its own, on a free port of the loopback interface.</summary>
internal sealed partial class Dashboard : IAsyncDisposable
{
    private static readonly TimeSpan _startLimit = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private Dashboard(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Top of the repository, with a slash at its end.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>Address without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>Starts it on a data folder.</summary>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<Dashboard> StartAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = RepositoryRoot,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList = { Metadata("DashboardAssembly"), "--urls", "http://127.0.0.1:0", "--Data:Folder", folder, "--demo" },
        };
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && Listening().Match(text) is { Success: true } match)
            {
                listening.TrySetResult(match.Groups[1].Value);
            }
        };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The dashboard ended before it listened; its reason is above."));
        process.Start();
        process.BeginOutputReadLine();
        return new Dashboard(process, await listening.Task.WaitAsync(_startLimit));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.EnableRaisingEvents = false;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Metadata(string key) =>
        typeof(Dashboard).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
