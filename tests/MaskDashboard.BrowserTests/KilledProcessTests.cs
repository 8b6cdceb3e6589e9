using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace MaskDashboard.BrowserTests;

public sealed partial class KilledProcessTests
{
    private const int Images = 50;

    [Fact]
    public async Task Kill_InTheMiddleOfFiftyImages_EveryOneIsDoneOnce()
    {
        await using var server = await DashboardServer.StartAsync();
        var sample = await File.ReadAllBytesAsync(Path.Combine(DashboardServer.SamplesFolder, "two-too-close.jpg"));
        using (var client = new HttpClient { BaseAddress = new Uri(server.Address) })
        {
            client.DefaultRequestHeaders.Add("RequestVerificationToken", TokenPattern().Match(await client.GetStringAsync("/")).Groups[1].Value);
            for (var index = 0; index < Images; index++)
            {
                // Bytes behind the end of a JPEG change its hash and not its pixels.
                using var form = new MultipartFormDataContent { { new ByteArrayContent([.. sample, (byte)index]), "file", $"image-{index}.jpg" } };
                using var answer = await client.PostAsync("/api/uploads", form);
                Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
            }

            Assert.True((await QueueAsync(client)).Queued > 0, "The queue was empty before the program could be killed.");
        }

        await server.KillAsync();
        await server.StartAgainAsync();
        using (var client = new HttpClient { BaseAddress = new Uri(server.Address) })
        {
            var deadline = DateTime.UtcNow.AddMinutes(3);
            while (await QueueAsync(client) is not (0, 0) && DateTime.UtcNow < deadline)
            {
            }
        }

        await server.KillAsync();
        using var database = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "dashboard.db")};Pooling=False");
        database.Open();
        Assert.Equal(Images, Count(database, "SELECT COUNT(*) FROM Images"));
        Assert.Equal(Images, Count(database, "SELECT COUNT(*) FROM Analyses WHERE State = 2"));
        Assert.Equal(Images, Count(database, "SELECT COUNT(*) FROM Analyses"));
        Assert.Equal(Images, Count(database, "SELECT COUNT(*) FROM Thumbnails"));
        Assert.Equal(2 * Images, Count(database, "SELECT COUNT(*) FROM Faces WHERE Counted = 1"));
    }

    private static async Task<(int Queued, int Running)> QueueAsync(HttpClient client)
    {
        var queue = (await client.GetFromJsonAsync<JsonElement>("/health")).GetProperty("queue");
        return (queue.GetProperty("queued").GetInt32(), queue.GetProperty("running").GetInt32());
    }

    private static long Count(SqliteConnection database, string query)
    {
        using var command = database.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }

    [GeneratedRegex("name=\"antiforgery-token\" content=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();
}
