using Microsoft.Data.Sqlite;

namespace MaskDashboard.Storage;

/// <summary>A SQLite file by itself, whatever program or layout it belongs to.</summary>
internal static class SqliteFile
{
    private const int TimeoutSeconds = 30;

    /// <summary>Opens it with a connection of its own.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether it may be written to.</param>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = TimeoutSeconds, ForeignKeys = true }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Runs a command and reads its first column.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="sql">The command.</param>
    /// <param name="value">Its parameter <c>$value</c>; null for none.</param>
    public static List<string> Run(this SqliteConnection connection, string sql, string? value = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
        {
            command.Parameters.AddWithValue("$value", value);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
