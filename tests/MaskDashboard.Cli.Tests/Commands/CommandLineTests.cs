namespace MaskDashboard.Cli.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("analyze")]
    [InlineData("analyze a.jpg --detector dlib")]
    [InlineData("analyze a.jpg --score 1.5")]
    [InlineData("analyze a.jpg --score nan")]
    [InlineData("analyze a.jpg --min-distance -1")]
    [InlineData("analyze a.jpg --field-of-view 5")]
    [InlineData("analyze a.jpg --nonsense")]
    [InlineData("evaluate --images a")]
    [InlineData("evaluate-classifier")]
    [InlineData("evaluate-classifier --zip a --images b")]
    [InlineData("benchmark a --rounds 0")]
    [InlineData("transmogrify a.jpg")]
    public async Task RunAsync_WrongUsage_SaysSoAndReturns2(string commandLine)
    {
        var shell = await Shell.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.Usage, shell.ExitCode);
        Assert.Empty(shell.Out);
        Assert.StartsWith("maskdashboard: ", shell.Error, StringComparison.Ordinal);
        Assert.StartsWith("Try 'maskdashboard", shell.ErrorLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("analyze --help")]
    [InlineData("evaluate --help")]
    public async Task RunAsync_Help_GoesToStandardOutput(string commandLine)
    {
        var shell = await Shell.RunAsync(commandLine.Split(' '));

        Assert.Equal((ExitCode.Success, ""), (shell.ExitCode, shell.Error));
        Assert.Contains("Usage:", shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("classify")]
    [InlineData("benchmark")]
    public async Task RunAsync_MissingFile_NamesItAndReturns2(string command)
    {
        var shell = await Shell.RunAsync(command, "nowhere.jpg");

        Assert.Equal(ExitCode.Usage, shell.ExitCode);
        Assert.Equal("maskdashboard: nowhere.jpg: no such file or folder.", Assert.Single(shell.ErrorLines));
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("classify")]
    public async Task RunAsync_MissingModels_SaysWhereInOneLineAndReturns3(string command)
    {
        var shell = await Shell.RunAsync(command, Repository.Sample("group.jpg"), "--models", _folder.Path);

        Assert.Equal(ExitCode.ModelMissing, shell.ExitCode);
        Assert.Contains(_folder.Path, Assert.Single(shell.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Cancelled_Returns130()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var error = new StringWriter();

        var exitCode = await CommandLine.RunAsync(
            ["analyze", Repository.Sample("group.jpg"), "--models", Repository.Models], new Terminal(TextWriter.Null, error, ErrorIsTerminal: false), cancelled.Token);

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }
}
