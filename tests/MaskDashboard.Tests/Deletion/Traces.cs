using System.Text;
using MaskDashboard.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Deletion;

/// <summary>Everything that could be left of an image: its keys in any table, its name, hash and thumbnail in any file.</summary>
internal sealed class Traces
{
    private readonly Dictionary<string, HashSet<long>> _keys = [];
    private readonly List<(string What, byte[] Bytes)> _contents = [];
    private readonly string _folder;

    private Traces(string folder) => _folder = folder;

    public static async Task<Traces> OfAsync(DashboardHost host, long imageId)
    {
        await using var context = await host.OpenAsync();
        var image = await context.Images.SingleAsync(stored => stored.Id == imageId);
        var analyses = await context.Analyses.Where(stored => stored.ImageId == imageId).Include(stored => stored.Faces).Include(stored => stored.Thumbnail).ToListAsync();
        var traces = new Traces(host.Folder);
        traces._keys["Image"] = [imageId];
        traces._keys["Analysis"] = [.. analyses.Select(analysis => analysis.Id)];
        traces._keys["Face"] = [.. analyses.SelectMany(analysis => analysis.Faces).Select(face => face.Id)];
        traces._contents.Add(("file name", Encoding.UTF8.GetBytes(image.FileName)));
        traces._contents.Add(("hash", Encoding.UTF8.GetBytes(image.Sha256)));
        traces._contents.AddRange(analyses.Where(analysis => analysis.Thumbnail is not null)
            .Select(analysis => ("thumbnail", analysis.Thumbnail!.Bytes.AsSpan(analysis.Thumbnail.Bytes.Length / 2, 48).ToArray())));
        return traces;
    }

    /// <summary>Rows that point at the image, as "table.column". The audit log keeps the image's number on purpose.</summary>
    public IReadOnlyList<string> Rows()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "dashboard.db"), Pooling = false }.ConnectionString);
        connection.Open();
        var found = new List<string>();
        foreach (var table in Column(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\'"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    if (Points(table, reader.GetName(column), reader.GetValue(column)))
                    {
                        found.Add($"{table}.{reader.GetName(column)}");
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Files that hold the name, the hash or the thumbnail, or are named by the hash.</summary>
    public IReadOnlyList<string> Files()
    {
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "instance.lock"))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            found.AddRange(_contents.Where(content => bytes.AsSpan().IndexOf(content.Bytes) >= 0 || path.Contains(Encoding.UTF8.GetString(content.Bytes), StringComparison.Ordinal))
                .Select(content => $"{Path.GetRelativePath(_folder, path)}: {content.What}"));
        }

        return found;
    }

    private bool Points(string table, string column, object value) => value switch
    {
        string text => _contents.Any(content => text.Contains(Encoding.UTF8.GetString(content.Bytes), StringComparison.Ordinal)),
        byte[] bytes => _contents.Any(content => bytes.AsSpan().IndexOf(content.Bytes) >= 0),
        long key => _keys.Any(kind => kind.Value.Contains(key) && (column == kind.Key + "Id" || (column == "Id" && table == (kind.Key == "Analysis" ? "Analyses" : kind.Key + "s")))),
        _ => false,
    };

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
