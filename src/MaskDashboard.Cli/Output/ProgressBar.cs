using System.Diagnostics;
using System.Globalization;

namespace MaskDashboard.Cli.Output;

/// <summary>
/// Shows how far long work is, on standard error so that standard output stays clean: a bar on a terminal, elsewhere
/// (a log, a pipe) a plain line every ten seconds, so that short work leaves no trace.
/// </summary>
public sealed class ProgressBar : IDisposable
{
    private const int BarWidth = 28;
    private static readonly TimeSpan s_redrawEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_lineEvery = TimeSpan.FromSeconds(10);

    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly int _total;
    private readonly string _unit;
    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _shownAt;
    private int _done;
    private bool _isShown;

    /// <param name="output">Where to, usually standard error.</param>
    /// <param name="isTerminal">Whether <paramref name="output"/> is a terminal that can redraw a line.</param>
    /// <param name="total">How many steps the work has.</param>
    /// <param name="unit">What a step is, in the plural, for instance "images".</param>
    /// <param name="time">The clock; the system's when null.</param>
    public ProgressBar(TextWriter output, bool isTerminal, int total, string unit, TimeProvider? time = null)
    {
        _output = output;
        _isTerminal = isTerminal;
        _total = total;
        _unit = unit;
        _time = time ?? TimeProvider.System;
        _start = _time.GetTimestamp();
        _shownAt = isTerminal ? -s_redrawEvery : TimeSpan.Zero;
    }

    /// <summary>Counts one step as done.</summary>
    public void Step()
    {
        _done++;
        var elapsed = _time.GetElapsedTime(_start);
        if (elapsed - _shownAt < (_isTerminal ? s_redrawEvery : s_lineEvery))
        {
            return;
        }

        _shownAt = elapsed;
        var text = Text(elapsed);
        if (_isTerminal)
        {
            _isShown = true;
            _output.Write($"\r[{new string('#', BarWidth * _done / _total)}{new string('.', BarWidth - (BarWidth * _done / _total))}] {text}\e[K");
            _output.Flush();
        }
        else
        {
            _output.WriteLine(text);
        }
    }

    /// <summary>Writes a line of its own; the bar is drawn again below it.</summary>
    /// <param name="line">For instance what went wrong with a file.</param>
    public void WriteLine(string line)
    {
        Clear();
        _output.WriteLine(line);
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose() => Clear();

    private void Clear()
    {
        if (_isShown)
        {
            _output.Write("\r\e[K");
            _output.Flush();
            _isShown = false;
        }
    }

    private string Text(TimeSpan elapsed)
    {
        Debug.Assert(_done > 0, "shown after a step only");
        var left = TimeSpan.FromSeconds(Math.Round(elapsed.TotalSeconds / _done * (_total - _done)));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * _done / _total} %  {_done} of {_total} {_unit}, {(int)left.TotalMinutes}:{left.Seconds:00} left");
    }
}
