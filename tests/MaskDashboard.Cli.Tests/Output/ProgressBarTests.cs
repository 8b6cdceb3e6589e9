using MaskDashboard.Cli.Output;

namespace MaskDashboard.Cli.Tests.Output;

public class ProgressBarTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly Clock _clock = new();

    [Fact]
    public void Step_ShortWorkWithoutATerminal_LeavesNoTrace()
    {
        using (var progress = new ProgressBar(_output, isTerminal: false, total: 3, "images", _clock))
        {
            Steps(progress, 3, TimeSpan.FromSeconds(1));
        }

        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Step_LongWorkWithoutATerminal_WritesALineEveryTenSeconds()
    {
        using var progress = new ProgressBar(_output, isTerminal: false, total: 100, "images", _clock);

        Steps(progress, 25, TimeSpan.FromSeconds(1));

        Assert.Equal("10 %  10 of 100 images, 1:30 left\n20 %  20 of 100 images, 1:20 left\n", _output.ToString());
    }

    [Fact]
    public void Step_Terminal_RedrawsOneLineAndClearsIt()
    {
        using (var progress = new ProgressBar(_output, isTerminal: true, total: 2, "images", _clock))
        {
            Steps(progress, 1, TimeSpan.FromSeconds(5));
        }

        Assert.Equal("\r[##############..............] 50 %  1 of 2 images, 0:05 left\e[K\r\e[K", _output.ToString());
    }

    [Fact]
    public void WriteLine_Terminal_TakesTheBarAwayFirst()
    {
        using var progress = new ProgressBar(_output, isTerminal: true, total: 2, "images", _clock);
        Steps(progress, 1, TimeSpan.FromSeconds(5));

        progress.WriteLine("a.jpg: not an image.");

        Assert.EndsWith("\e[K\r\e[Ka.jpg: not an image.\n", _output.ToString(), StringComparison.Ordinal);
    }

    private void Steps(ProgressBar progress, int count, TimeSpan each)
    {
        for (var i = 0; i < count; i++)
        {
            _clock.Elapsed += each;
            progress.Step();
        }
    }
}
