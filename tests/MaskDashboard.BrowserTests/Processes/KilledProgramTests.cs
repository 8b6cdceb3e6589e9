using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OpenCvSharp;

namespace MaskDashboard.BrowserTests.Processes;

/// <summary>The promise behind 202: what was answered survives the end of the process, and is analysed once.</summary>
public sealed partial class KilledProgramTests
{
    private const int Images = 50;
    private const int DoneBeforeKill = 5;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Restart_KilledAmongFiftyQueuedImages_FinishesEachExactlyOnce()
    {
        await using var server = await DashboardServer.StartAsync("--Queue:Workers", "2");
        await UploadAsync(server.Address);
        await UntilAsync(server.DataFolder, done => done >= DoneBeforeKill);
        await server.KillAsync();

        var doneAtKill = Number(server.DataFolder, "SELECT COUNT(*) FROM Analyses WHERE State = 2");
        Assert.InRange(doneAtKill, DoneBeforeKill, Images - 1);
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(*) FROM Images"));
        var finishedBefore = Number(server.DataFolder, "SELECT SUM(CompletedAtUtc IS NOT NULL) FROM Analyses");
        // What a kill in the middle of an upload leaves: half a file, and a whole one whose row was never committed.
        await File.WriteAllTextAsync(Path.Combine(server.DataFolder, "temp", "half"), "half");
        var orphan = Path.Combine(Directory.CreateDirectory(Path.Combine(server.DataFolder, "originals", "ab")).FullName, "ab" + new string('0', 62));
        await File.WriteAllTextAsync(orphan, "whole");

        await server.StartAgainAsync();
        await UntilAsync(server.DataFolder, done => done == Images);
        await server.KillAsync();

        Assert.Equal(doneAtKill, finishedBefore);
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(*) FROM Analyses"));
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(DISTINCT ImageId) FROM Analyses WHERE State = 2 AND IsCurrent = 1"));
        Assert.Equal(Images, Number(server.DataFolder, "SELECT COUNT(*) FROM Thumbnails"));
        Assert.Equal(0, Number(server.DataFolder, "SELECT COUNT(*) FROM (SELECT 1 FROM Faces GROUP BY AnalysisId, \"Index\" HAVING COUNT(*) > 1)"));
        Assert.InRange(Number(server.DataFolder, "SELECT SUM(Attempts) FROM Analyses"), Images, Images + 2);
        Assert.False(File.Exists(orphan));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.DataFolder, "temp")));
        Assert.Equal(Images, Directory.EnumerateFiles(Path.Combine(server.DataFolder, "originals"), "*", SearchOption.AllDirectories).Count());
    }

    private static async Task UploadAsync(string address)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(address) };
        var token = AntiforgeryToken().Match(await client.GetStringAsync("/")).Groups[1].Value;
        client.DefaultRequestHeaders.Add("RequestVerificationToken", token);
        for (var variant = 1; variant <= Images; variant++)
        {
            using var form = new MultipartFormDataContent();
            using var file = new ByteArrayContent(Crowd(variant));
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(file, "file", $"crowd-{variant}.jpg");
            using var answer = await client.PostAsync("/api/uploads", form);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.False((await answer.Content.ReadFromJsonAsync<Answer>())!.Duplicate);
        }
    }

    // Eight faces to classify: an analysis takes many times as long as an upload, so that on any machine most of the fifty
    // still wait when the first are done. Each variant is a little darker, so that none is a duplicate.
    private static byte[] Crowd(int variant)
    {
        using var sample = Cv2.ImRead(Path.Combine(DashboardServer.SamplesFolder, "group.jpg"));
        using var darker = new Mat();
        sample.ConvertTo(darker, sample.Type(), alpha: 1 - (variant / 200.0));
        return darker.ToBytes(".jpg");
    }

    private static async Task UntilAsync(string dataFolder, Func<long, bool> enough)
    {
        using var limit = new CancellationTokenSource(s_limit);
        using var poll = new PeriodicTimer(s_pollInterval);
        while (!enough(Number(dataFolder, "SELECT COUNT(*) FROM Analyses WHERE State = 2")))
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    private static long Number(string dataFolder, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "dashboard.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }

    private sealed record Answer(long ImageId, long AnalysisId, bool Duplicate);

    [GeneratedRegex("antiforgery-token\" content=\"([^\"]+)")]
    private static partial Regex AntiforgeryToken();
}
