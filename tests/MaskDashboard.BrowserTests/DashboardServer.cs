using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MaskDashboard.BrowserTests;

/// <summary>
/// The real program in a process of its own: on a free port of the loopback interface, with a data folder of its own that
/// is deleted at the end. It can be killed and started again on the same data.
/// </summary>
public sealed partial class DashboardServer : IAsyncDisposable
{
    private static readonly TimeSpan _startLimit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly IReadOnlyList<string> _arguments;
    private Process? _process;

    private DashboardServer(IReadOnlyList<string> arguments) => _arguments = arguments;

    /// <summary>Top of the repository, with a slash at its end.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>Folder of the sample photographs that come with the program.</summary>
    public static string SamplesFolder { get; } = Path.Combine(RepositoryRoot, "wwwroot", "samples");

    /// <summary>The data folder.</summary>
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;

    /// <summary>Address without a slash at its end, for instance <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Whether its test is over.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Everything the program wrote to its console.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts a program as a demo without accounts, which is what most tests are not about.</summary>
    /// <param name="arguments">Further arguments, for instance <c>--Analysis:Detector=Haar</c>.</param>
    /// <exception cref="InvalidOperationException">It ended or said nothing; the message holds its console.</exception>
    public static Task<DashboardServer> StartAsync(params string[] arguments) => StartAsync(new DashboardServer(["--demo", .. arguments]));

    /// <summary>Starts a program with accounts; its console has the address where the first one is made.</summary>
    /// <param name="arguments">Further arguments.</param>
    /// <exception cref="InvalidOperationException">It ended or said nothing; the message holds its console.</exception>
    public static Task<DashboardServer> StartWithAccountsAsync(params string[] arguments) => StartAsync(new DashboardServer(arguments));

    private static async Task<DashboardServer> StartAsync(DashboardServer server)
    {
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the program on the same data after <see cref="KillAsync"/>. Its address is another one.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = RepositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList = { Metadata("DashboardAssembly"), "--urls", "http://127.0.0.1:0", "--Data:Folder", DataFolder },
        };
        foreach (var argument in _arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, listening);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The dashboard ended before it listened:{Environment.NewLine}{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        try
        {
            Address = await listening.Task.WaitAsync(_startLimit);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"The dashboard did not listen within {_startLimit}:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Kills the program as a power cut would (SIGKILL), and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        await KillAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    private static string Metadata(string key) =>
        typeof(DashboardServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;

    private void Hear(string? line, TaskCompletionSource<string> listening)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(match.Groups[1].Value);
        }
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
