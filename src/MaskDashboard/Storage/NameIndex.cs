using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Storage;

/// <summary>
/// An index of every three neighbouring letters of the file names (SQLite's FTS5 with its trigram tokenizer), which finds a text
/// anywhere in them without reading them all. Triggers keep it equal to the images, whoever writes.
/// </summary>
public static class NameIndex
{
    /// <summary>Letters that a text must have at least to be found by the index.</summary>
    public const int LeastLetters = 3;

    private const string Table = "ImageNames";

    private const string Forget = $"INSERT INTO \"{Table}\" (\"{Table}\", rowid, \"FileName\") VALUES ('delete', OLD.\"Id\", OLD.\"FileName\");";

    private const string Learn = $"INSERT INTO \"{Table}\" (rowid, \"FileName\") VALUES (NEW.\"Id\", NEW.\"FileName\");";

    private static readonly (string Name, string Sql)[] _triggers =
    [
        Trigger("ImageNames_Insert", "INSERT", Learn),
        Trigger("ImageNames_Delete", "DELETE", Forget),
        Trigger("ImageNames_Update", "UPDATE OF \"FileName\"", Forget + "\n" + Learn),
    ];

    // What is deleted leaves the index at once, not at some later merge.
    private static string CreateSql => $"""
        DROP TABLE IF EXISTS "{Table}";
        CREATE VIRTUAL TABLE "{Table}" USING fts5("FileName", content='Images', content_rowid='Id', columnsize=0, tokenize='trigram');
        INSERT INTO "{Table}" ("{Table}", rank) VALUES ('secure-delete', 1);
        INSERT INTO "{Table}" ("{Table}") VALUES ('rebuild');
        """;

    /// <summary>Builds the index where it is missing or older than this program.</summary>
    /// <param name="context">The migrated database.</param>
    /// <param name="cancellationToken">Stops; nothing stays then.</param>
    public static async Task EnsureAsync(DashboardDbContext context, CancellationToken cancellationToken = default)
    {
        var present = await context.Database.SqlQuery<string>($"SELECT \"sql\" AS \"Value\" FROM \"sqlite_master\" WHERE \"type\" = 'trigger'").ToListAsync(cancellationToken);
        if (_triggers.All(trigger => present.Contains(trigger.Sql)))
        {
            return;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await using var command = ((SqliteConnection)context.Database.GetDbConnection()).CreateCommand();
        command.CommandText = string.Concat(_triggers.Select(trigger => $"DROP TRIGGER IF EXISTS \"{trigger.Name}\";\n")) + CreateSql
            + string.Concat(_triggers.Select(trigger => $"\n{trigger.Sql};"));
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The images whose file name has a text in it, small and capital letters alike; some of them where there are more than wanted.</summary>
    /// <param name="context">The database.</param>
    /// <param name="text">At least <see cref="LeastLetters"/> letters, without control characters.</param>
    /// <param name="atMost">How many are wanted.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<IReadOnlyList<long>> FindAsync(DashboardDbContext context, string text, int atMost, CancellationToken cancellationToken)
    {
        // A phrase in FTS5's language, in which the quotation mark is the only one that means something.
        var phrase = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return await context.Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM \"ImageNames\" WHERE \"ImageNames\" MATCH {phrase} LIMIT {atMost}").ToListAsync(cancellationToken);
    }

    private static (string Name, string Sql) Trigger(string name, string operation, string body) =>
        (name, $"CREATE TRIGGER \"{name}\" AFTER {operation} ON \"Images\" BEGIN\n{body}\nEND");
}
