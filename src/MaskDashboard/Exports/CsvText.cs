using System.Globalization;
using System.Text;

namespace MaskDashboard.Exports;

/// <summary>Writes comma-separated values after RFC 4180: commas, CRLF, quotes doubled inside quotes.</summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();
    private bool _rowStarted;

    /// <summary>A text. One that a spreadsheet would run as a formula gets an apostrophe in front; spreadsheets hide it.</summary>
    public CsvText Text(string? value)
    {
        Separate();
        if (value is not { Length: > 0 })
        {
            return this;
        }

        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'' or '＝' or '＋' or '－' or '＠')
        {
            value = "'" + value;
        }

        _ = value.AsSpan().IndexOfAny(",\"\r\n;\t") < 0
            ? _text.Append(value)
            : _text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }

    /// <summary>A number, word or time of the program's own.</summary>
    public CsvText Value<T>(T? value)
        where T : struct, IFormattable
    {
        Separate();
        if (value is { } present)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{present}");
        }

        return this;
    }

    /// <summary>True or false.</summary>
    public CsvText Flag(bool? value)
    {
        Separate();
        _text.Append(value switch { true => "true", false => "false", null => "" });
        return this;
    }

    /// <summary>A time in UTC, ISO 8601, as exact as it is stored.</summary>
    public CsvText Utc(DateTime? value)
    {
        Separate();
        _text.Append(value?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>A wall-clock time as spreadsheets read it.</summary>
    public CsvText Clock(DateTime value)
    {
        Separate();
        _text.Append(value.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        _text.Append("\r\n");
        _rowStarted = false;
    }

    /// <summary>Hands over what was written, and starts anew.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    private void Separate()
    {
        if (_rowStarted)
        {
            _text.Append(',');
        }

        _rowStarted = true;
    }
}
