using System.Text.Json;
using MaskDashboard.Cli.Tests.Output;

namespace MaskDashboard.Cli.Tests.Commands;

/// <summary>Runs the program within the test and keeps what it writes.</summary>
internal sealed record Shell(int ExitCode, string Out, string Error)
{
    public static async Task<Shell> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var exitCode = await CommandLine.RunAsync(args, new Terminal(output, error, ErrorIsTerminal: false, new Clock()));
        return new Shell(exitCode, output.ToString(), error.ToString());
    }

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
