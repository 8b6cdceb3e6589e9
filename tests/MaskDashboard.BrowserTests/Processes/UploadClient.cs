using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace MaskDashboard.BrowserTests.Processes;

/// <summary>Uploads as the page's script does, without a browser.</summary>
internal sealed partial class UploadClient : IDisposable
{
    private static readonly TimeSpan _idleLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(200);

    private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer() };
    private readonly HttpClient _client;

    private UploadClient(string address) => _client = new HttpClient(_handler) { BaseAddress = new Uri(address) };

    /// <summary>The token that an upload carries in its header <c>RequestVerificationToken</c>.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The value of the header <c>Cookie</c>.</summary>
    public string Cookies => _handler.CookieContainer.GetCookieHeader(_client.BaseAddress!);

    /// <summary>Opens the page as a browser would, for its token and cookie.</summary>
    public static async Task<UploadClient> OpenAsync(string address)
    {
        var client = new UploadClient(address);
        client.Token = AntiforgeryToken().Match(await client._client.GetStringAsync("/upload")).Groups[1].Value;
        client._client.DefaultRequestHeaders.Add("RequestVerificationToken", client.Token);
        return client;
    }

    /// <summary>Uploads a file.</summary>
    public async Task<HttpResponseMessage> SendAsync(byte[] content, string name)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(file, "file", name);
        return await _client.PostAsync("/api/uploads", form);
    }

    /// <summary>Waits until nothing is queued or running.</summary>
    public async Task UntilIdleAsync()
    {
        using var limit = new CancellationTokenSource(_idleLimit);
        using var poll = new PeriodicTimer(_pollInterval);
        while (await _client.GetFromJsonAsync<Health>("/health", limit.Token) is not { Queue: { Queued: 0, Running: 0 } })
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    public void Dispose() => _client.Dispose();

    private sealed record Health(HealthQueue Queue);

    private sealed record HealthQueue(int Queued, int Running);

    [GeneratedRegex("antiforgery-token\" content=\"([^\"]+)")]
    private static partial Regex AntiforgeryToken();
}
