using System.CommandLine;
using System.CommandLine.Invocation;
using MaskDashboard.Cli.Commands;
using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli;

/// <summary>The program: parses the command line, runs the command, turns what goes wrong into one line and an exit code.</summary>
public static class CommandLine
{
    /// <summary>The program's name.</summary>
    public const string Name = "maskdashboard";

    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellationToken">Stops between two images, as Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var result = Build(terminal).Parse(args);
        if (result.Action is ParseErrorAction)
        {
            foreach (var error in result.Errors)
            {
                terminal.WriteError(error.Message);
            }

            terminal.Error.WriteLine($"Try '{CommandPath(result)} --help'.");
            return ExitCode.Usage;
        }

        // System.CommandLine's own handler would print a stack trace.
        var configuration = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false };
        try
        {
            return await result.InvokeAsync(configuration, cancellationToken);
        }
        catch (ModelFileException error)
        {
            terminal.WriteError(error.Message);
            return ExitCode.ModelMissing;
        }
        catch (InputException error)
        {
            terminal.WriteError(error.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            terminal.WriteError("interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            terminal.WriteError(error.Message);
            return ExitCode.Failed;
        }
    }

    private static RootCommand Build(Terminal terminal) => new("Finds faces in photographs, tells who wears a mask and who stands too close, and measures how well it does so.")
    {
        new AnalyzeCommand(terminal).Command,
        new ClassifyCommand(terminal).Command,
        new EvaluateCommand(terminal).Command,
        new EvaluateClassifierCommand(terminal).Command,
        new CheckHaarCommand(terminal).Command,
        new BenchmarkCommand(terminal).Command,
    };

    private static string CommandPath(ParseResult result) =>
        result.CommandResult.Command is RootCommand ? Name : $"{Name} {result.CommandResult.Command.Name}";
}
