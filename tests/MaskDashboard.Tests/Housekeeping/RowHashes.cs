using System.Security.Cryptography;
using System.Text;
using MaskDashboard.Storage;
using Microsoft.Data.Sqlite;

namespace MaskDashboard.Tests.Housekeeping;

/// <summary>A hash over every row of every table of a database.</summary>
internal static class RowHashes
{
    public static IReadOnlyDictionary<string, string> Of(string databasePath)
    {
        using var connection = SqliteFile.Open(databasePath, SqliteOpenMode.ReadOnly);
        return connection.Run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").ToDictionary(table => table, table => OfTable(connection, table));
    }

    private static string OfTable(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var row = new StringBuilder();
            for (var column = 0; column < reader.FieldCount; column++)
            {
                row.Append(reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(column)).Append('|');
            }

            rows.Add(row.ToString());
        }

        rows.Sort(StringComparer.Ordinal);
        return $"{rows.Count} rows, {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))}";
    }
}
