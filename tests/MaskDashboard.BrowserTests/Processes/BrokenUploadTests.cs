using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MaskDashboard.BrowserTests.Processes;

/// <summary>Uploads that end as they should not, over a real socket.</summary>
public sealed class BrokenUploadTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Upload_SenderDisconnectsInTheMiddle_LeavesNothingAndOthersGoOn()
    {
        await using var server = await DashboardServer.StartAsync();
        using var client = await UploadClient.OpenAsync(server.Address);
        var temp = Path.Combine(server.DataFolder, "temp");
        var photograph = await File.ReadAllBytesAsync(Path.Combine(DashboardServer.SamplesFolder, "two-too-close.jpg"));

        using (var socket = new TcpClient())
        {
            var address = new Uri(server.Address);
            await socket.ConnectAsync(address.Host, address.Port);
            var body = $"--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"gate.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
            var head = $"""
                POST /api/uploads HTTP/1.1
                Host: {address.Authority}
                Content-Type: multipart/form-data; boundary=cut
                RequestVerificationToken: {client.Token}
                Cookie: {client.Cookies}
                Content-Length: {body.Length + photograph.Length + "\r\n--cut--\r\n".Length}


                """.ReplaceLineEndings("\r\n");
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body));
            await socket.GetStream().WriteAsync(photograph.AsMemory(0, photograph.Length / 2));
            await UntilAsync(() => Directory.EnumerateFiles(temp).Any());
            // Without a farewell, as a broken line does.
            socket.Client.LingerState = new LingerOption(true, 0);
        }

        await UntilAsync(() => !Directory.EnumerateFiles(temp).Any());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.DataFolder, "originals"), "*", SearchOption.AllDirectories));
        using var answer = await client.SendAsync(photograph, "gate.jpg");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.False((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("duplicate").GetBoolean());
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var limit = new CancellationTokenSource(_limit);
        using var poll = new PeriodicTimer(_pollInterval);
        while (!reached())
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }
}
