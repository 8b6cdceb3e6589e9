using Microsoft.Data.Sqlite;

namespace MaskDashboard.Benchmarks;

/// <summary>Inserts rows with one prepared statement. Columns that it is not told of and that may not be empty get a zero or nothing, so that a new column does not break it.</summary>
internal sealed class TableWriter : IDisposable
{
    private readonly SqliteCommand _command;

    /// <summary>Prepares the statement.</summary>
    /// <param name="connection">Open, in a transaction.</param>
    /// <param name="table">Name of the table.</param>
    /// <param name="columns">Columns in the order of the values to come.</param>
    public TableWriter(SqliteConnection connection, string table, params string[] columns)
    {
        var others = Others(connection, table, columns);
        _command = connection.CreateCommand();
        _command.CommandText =
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(Quoted).Concat(others.Select(other => Quoted(other.Name))))}) "
            + $"VALUES ({string.Join(", ", columns.Select((_, index) => $"@{index}").Concat(others.Select(other => other.Value)))})";
        for (var index = 0; index < columns.Length; index++)
        {
            _command.Parameters.Add(new SqliteParameter($"@{index}", null));
        }
    }

    /// <summary>Inserts a row.</summary>
    /// <param name="values">In the order of the columns.</param>
    public void Write(params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            _command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        _command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public void Dispose() => _command.Dispose();

    private static string Quoted(string name) => $"\"{name}\"";

    private static List<(string Name, string Value)> Others(SqliteConnection connection, string table, string[] columns)
    {
        using var command = connection.CreateCommand();
        // Generated columns are hidden to table_info; a primary key that is a row's number numbers itself.
        command.CommandText = $"SELECT name, type FROM pragma_table_info('{table}') WHERE \"notnull\" = 1 AND dflt_value IS NULL AND NOT (pk = 1 AND type = 'INTEGER')";
        using var reader = command.ExecuteReader();
        var others = new List<(string, string)>();
        while (reader.Read())
        {
            if (!columns.Contains(reader.GetString(0)))
            {
                others.Add((reader.GetString(0), reader.GetString(1) == "TEXT" ? "''" : "0"));
            }
        }

        return others;
    }
}
