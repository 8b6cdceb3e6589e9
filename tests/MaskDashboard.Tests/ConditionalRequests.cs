namespace MaskDashboard.Tests;

/// <summary>What a browser does with an answer that it has to ask about before it shows it again.</summary>
internal static class ConditionalRequests
{
    /// <summary>Asks whether a known answer is still so.</summary>
    public static async Task<HttpResponseMessage> AskAgainAsync(this HttpClient client, HttpResponseMessage known)
    {
        Assert.Equal("no-cache, private", known.Headers.CacheControl!.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Get, known.RequestMessage!.RequestUri);
        request.Headers.IfNoneMatch.Add(known.Headers.ETag!);
        return await client.SendAsync(request);
    }
}
