namespace MaskDashboard.Cli.Output;

/// <summary>A table of plain text: columns as wide as their contents, numbers to the right.</summary>
/// <param name="columns">Headings; one that starts with <c>&gt;</c> is aligned to the right.</param>
public sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column.</param>
    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"A row of {cells.Length} cells in a table of {columns.Length} columns.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <summary>Writes headings, a line and the rows.</summary>
    public void WriteTo(TextWriter output)
    {
        var headings = columns.Select(column => column.TrimStart('>')).ToArray();
        var widths = headings.Select((heading, i) => _rows.Select(row => row[i].Length).Append(heading.Length).Max()).ToArray();
        WriteRow(output, headings, widths);
        WriteRow(output, [.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in _rows)
        {
            WriteRow(output, row, widths);
        }
    }

    private void WriteRow(TextWriter output, string[] cells, int[] widths) => output.WriteLine(string.Join("  ", cells.Select(
        (cell, i) => columns[i].StartsWith('>') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
}
