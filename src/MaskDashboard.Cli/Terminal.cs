using System.Text;

namespace MaskDashboard.Cli;

/// <summary>Where the program writes.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and what went wrong.</param>
/// <param name="ErrorIsTerminal">Whether <paramref name="Error"/> can redraw a line.</param>
/// <param name="Clock">Measures how long work takes; null for the real time.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, bool ErrorIsTerminal, TimeProvider? Clock = null)
{
    /// <summary>The streams of this process, UTF-8.</summary>
    public static Terminal OfProcess()
    {
        if (!Console.IsOutputRedirected && OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new Terminal(Console.Out, Console.Error, !Console.IsErrorRedirected);
    }

    /// <summary>Writes a line about something that went wrong, with the program's name as shells expect it.</summary>
    /// <param name="sentence">What, where, what to do.</param>
    public void WriteError(string sentence) => Error.WriteLine(ErrorLine(sentence));

    /// <summary>The line that <see cref="WriteError"/> writes.</summary>
    public static string ErrorLine(string sentence) => $"{CommandLine.Name}: {sentence}";
}
