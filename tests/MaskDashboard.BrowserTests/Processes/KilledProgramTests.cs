using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using OpenCvSharp;

namespace MaskDashboard.BrowserTests.Processes;

/// <summary>The promise behind 202: what was answered survives the end of the process, and is analysed once.</summary>
public sealed class KilledProgramTests
{
    private const int Images = 50;
    private const int DoneBeforeKill = 20;
    private const int Workers = 2;
    private const string Finished = "SELECT group_concat(Id || ' ' || CompletedAtUtc, ', ') FROM (SELECT Id, CompletedAtUtc FROM Analyses WHERE State = 2 ORDER BY CompletedAtUtc, Id)";
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Restart_KilledAmongFiftyQueuedImages_FinishesEachExactlyOnce()
    {
        await using var server = await DashboardServer.StartAsync("--Queue:Workers", $"{Workers}");
        // However fast the machine is: the database takes twenty results and no more, so that the kill meets workers in the
        // middle of an image and thirty images that wait.
        Execute(server.DataFolder, $"""
            CREATE TRIGGER full_disk BEFORE UPDATE OF State ON Analyses
            WHEN OLD.State = 1 AND (SELECT COUNT(*) FROM Analyses WHERE State = 2) >= {DoneBeforeKill}
            BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
            """);
        await UploadAsync(server.Address);
        await UntilAsync(server.DataFolder, "SELECT COUNT(*) FROM Analyses WHERE State = 2", DoneBeforeKill);
        await UntilAsync(server.DataFolder, "SELECT COUNT(*) FROM Analyses WHERE State = 1", Workers);
        await server.KillAsync();

        Assert.Equal(DoneBeforeKill, Number(server.DataFolder, "SELECT COUNT(*) FROM Analyses WHERE State = 2"));
        Assert.Equal(Images - DoneBeforeKill - Workers, Number(server.DataFolder, "SELECT COUNT(*) FROM Analyses WHERE State = 0"));
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(*) FROM Images"));
        var finishedBefore = Text(server.DataFolder, Finished);
        Execute(server.DataFolder, "DROP TRIGGER full_disk");

        // What a kill in the middle of an upload leaves: half a file, and a whole one whose row was never committed.
        await File.WriteAllTextAsync(Path.Combine(server.DataFolder, "temp", "half"), "half");
        var orphan = Path.Combine(Directory.CreateDirectory(Path.Combine(server.DataFolder, "originals", "ab")).FullName, "ab" + new string('0', 62));
        await File.WriteAllTextAsync(orphan, "whole");

        await server.StartAgainAsync();
        await UntilAsync(server.DataFolder, "SELECT COUNT(*) FROM Analyses WHERE State = 2", Images);
        await server.KillAsync();

        // The twenty are as they were: not one was analysed again.
        Assert.StartsWith(finishedBefore, Text(server.DataFolder, Finished), StringComparison.Ordinal);
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(*) FROM Analyses"));
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(DISTINCT ImageId) FROM Analyses WHERE State = 2 AND IsCurrent = 1"));
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(*) FROM Thumbnails"));
        Assert.Equal(0, Number(server.DataFolder, "SELECT COUNT(*) FROM (SELECT 1 FROM Faces GROUP BY AnalysisId, \"Index\" HAVING COUNT(*) > 1)"));
        Assert.Equal(Images + Workers, Number(server.DataFolder, "SELECT SUM(Attempts) FROM Analyses"));
        Assert.False(File.Exists(orphan));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.DataFolder, "temp")));
        Assert.Equal(Images, Directory.EnumerateFiles(Path.Combine(server.DataFolder, "originals"), "*", SearchOption.AllDirectories).Count());
    }

    private static async Task UploadAsync(string address)
    {
        using var client = await UploadClient.OpenAsync(address);
        for (var variant = 1; variant <= Images; variant++)
        {
            using var answer = await client.SendAsync(Pair(variant), $"pair-{variant}.jpg");
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.False((await answer.Content.ReadFromJsonAsync<Answer>())!.Duplicate);
        }
    }

    // Each a little darker, so that none is a duplicate.
    private static byte[] Pair(int variant)
    {
        using var sample = Cv2.ImRead(Path.Combine(DashboardServer.SamplesFolder, "two-too-close.jpg"));
        using var darker = new Mat();
        sample.ConvertTo(darker, sample.Type(), alpha: 1 - (variant / 200.0));
        return darker.ToBytes(".jpg");
    }

    private static async Task UntilAsync(string dataFolder, string sql, long expected)
    {
        using var limit = new CancellationTokenSource(_limit);
        using var poll = new PeriodicTimer(_pollInterval);
        while (Number(dataFolder, sql) != expected)
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    private static long Number(string dataFolder, string sql) => Ask(dataFolder, sql, command => Convert.ToInt64(command.ExecuteScalar()));

    private static string Text(string dataFolder, string sql) => Ask(dataFolder, sql, command => (string)command.ExecuteScalar()!);

    private static void Execute(string dataFolder, string sql) => Ask(dataFolder, sql, command => command.ExecuteNonQuery());

    private static T Ask<T>(string dataFolder, string sql, Func<SqliteCommand, T> answer)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "dashboard.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return answer(command);
    }

    private sealed record Answer(long ImageId, long AnalysisId, bool Duplicate);
}
