using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Api;

public sealed class ApiTests(ServedDashboard served) : IClassFixture<ServedDashboard>
{
    private readonly HttpClient _client = served.Client;

    [Fact]
    public async Task Submit_NewThenSameBytes_Is202ThenTheSameImageAs200()
    {
        using var first = await ServedDashboard.SubmitAsync(_client, "one-bare.png", "bare.png");
        using var second = await ServedDashboard.SubmitAsync(_client, "one-bare.png", "copy.png");
        await served.Host.IdleAsync();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        var (stored, known) = (await Read(first), await Read(second));
        Assert.Equal((false, true), (stored.GetProperty("duplicate").GetBoolean(), known.GetProperty("duplicate").GetBoolean()));
        Assert.Equal(stored.GetProperty("imageId").GetInt64(), known.GetProperty("imageId").GetInt64());
        Assert.Equal(first.Headers.Location!.OriginalString, known.GetProperty("href").GetString());
        var image = await served.JsonAsync(first.Headers.Location!.OriginalString);
        Assert.Equal(("done", "yuNet", 1), (image.GetProperty("state").GetString(), image.GetProperty("detector").GetString(), image.GetProperty("faces").GetArrayLength()));
        Assert.Equal("noMask", image.GetProperty("faces")[0].GetProperty("label").GetString());

        using var deleted = await _client.DeleteAsync(first.Headers.Location);
        Assert.Equal("""{"images":1,"faces":1,"corrections":0,"dryRun":false}""", await deleted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(first.Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync(first.Headers.Location)).StatusCode);
    }

    [Fact]
    public async Task Submit_BadInput_IsRefusedInOneSentence()
    {
        await AssertProblemAsync(await _client.PostAsync("/api/v1/images", ServedDashboard.Form(new MemoryStream("no picture"u8.ToArray()), "a.jpg")), 422, "JPEG, PNG or WebP");
        await AssertProblemAsync(await _client.PostAsync("/api/v1/images", ServedDashboard.Form(new MemoryStream([]), "a.jpg")), 422, "empty");
        await AssertProblemAsync(await _client.PostAsync("/api/v1/images", ServedDashboard.Form(new MemoryStream(new byte[25_000_001]), "a.jpg")), 413, "25");
        await AssertProblemAsync(await _client.PostAsync("/api/v1/images", new StringContent("{}")), 415, "multipart/form-data");
        await AssertProblemAsync(await _client.PostAsync("/api/v1/images", new MultipartFormDataContent { { new StringContent("Gate"), "siteName" } }), 400, "field named file");
        await AssertProblemAsync(await ServedDashboard.SubmitAsync(_client, "one-bare.png", "a.png", ("detector", "cascade")), 400, "yunet or haar");
        await AssertProblemAsync(await ServedDashboard.SubmitAsync(_client, "one-bare.png", "a.png", ("capturedAt", "yesterday")), 400, "capturedAt");
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=2026-03-02&to=2026-03-01", "later")]
    [InlineData("site=gate", "site")]
    [InlineData("detector=0", "yunet or haar")]
    [InlineData("reviewed=maybe", "yes or no")]
    [InlineData("state=", "state")]
    [InlineData("state=done&state=failed", "state")]
    [InlineData("timeZone=Mars/Olympus", "timeZone")]
    [InlineData("limit=0", "1 to 200")]
    [InlineData("limit=201", "1 to 200")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=x", "nextCursor")]
    [InlineData("cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ", "nextCursor")]
    [InlineData("sites=1", "no parameter 'sites'")]
    public async Task List_BadParameter_IsRefusedByName(string query, string words) =>
        await AssertProblemAsync(await _client.GetAsync($"/api/v1/images?{query}"), 400, words);

    [Theory]
    [InlineData("GET", "/api/v1/images/999999", 404)]
    [InlineData("GET", "/api/v1/images/999999/thumbnail", 404)]
    [InlineData("GET", "/api/v1/images/none", 404)]
    [InlineData("GET", "/api/v1/exports/xml", 404)]
    [InlineData("GET", "/api/v1/nowhere", 404)]
    [InlineData("PUT", "/api/v1/images", 405)]
    [InlineData("POST", "/api/v1/images/1/retry", 409)]
    [InlineData("DELETE", "/api/v1/images", 400)]
    [InlineData("DELETE", "/api/v1/images?all=yes&site=1", 400)]
    [InlineData("DELETE", "/api/v1/images?sites=1", 400)]
    [InlineData("GET", "/api/v1/statistics?bucket=year", 400)]
    [InlineData("GET", "/api/v1/sites?x=1", 400)]
    public async Task Request_ThatCannotBeAnswered_GetsAProblem(string method, string address, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        await AssertProblemAsync(await _client.SendAsync(request), status, "");
    }

    [Fact]
    public async Task Request_ProgramFails_GetsAProblemWithoutItsSecrets()
    {
        using var answer = await _client.GetAsync("/api/v1/broken");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        await AssertProblemAsync(answer, 500, "log");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Origin", "http://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://127.0.0.1:1", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "self", true)]
    [InlineData("Accept", "application/json", true)]
    public async Task Delete_FromAPage_OnlyTheDashboardsOwnMay(string header, string value, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/images/999999");
        request.Headers.TryAddWithoutValidation(header, value == "self" ? _client.BaseAddress!.GetLeftPart(UriPartial.Authority) : value);

        await AssertProblemAsync(await _client.SendAsync(request), allowed ? 404 : 403, allowed ? "999999" : "another web page");
    }

    [Fact]
    public async Task Submit_FromAForeignPage_StoresNothing()
    {
        await using var stream = DashboardHost.Sample("one-bare.png");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/images") { Content = ServedDashboard.Form(stream, "a.png") };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        await AssertProblemAsync(await _client.SendAsync(request), 403, "another web page");
        await using var context = await served.Host.OpenAsync();
        Assert.Equal(3, await context.Images.CountAsync(image => image.CapturedAtSource == CaptureTimeSource.Uploader));
        Assert.False(await context.Images.AnyAsync(image => image.FileName == "a.png"));
    }

    [Fact]
    public async Task Get_KnownTag_Is304()
    {
        var id = (await served.JsonAsync("/api/v1/images?q=group")).GetProperty("items")[0].GetProperty("id").GetInt64();
        foreach (var address in new[] { "", "/thumbnail", "/annotated", "/original" })
        {
            using var first = await _client.GetAsync($"/api/v1/images/{id}{address}");
            using var second = await _client.AskAgainAsync(first);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
        }
    }

    [Fact]
    public async Task Statistics_ByDayOfAZone_AddUpToTheTotal()
    {
        var statistics = await served.JsonAsync("/api/v1/statistics?timeZone=Asia/Seoul&to=2026-03-03");

        var buckets = statistics.GetProperty("buckets").EnumerateArray().ToList();
        Assert.Equal(["2026-03-02T00:00:00+09:00", "2026-03-03T00:00:00+09:00"], buckets.Select(bucket => bucket.GetProperty("start").GetString()));
        Assert.Equal(2, buckets[0].GetProperty("images").GetInt32());
        Assert.Equal(statistics.GetProperty("total").GetProperty("figures").GetProperty("faces").GetInt32(), buckets.Sum(bucket => bucket.GetProperty("figures").GetProperty("faces").GetInt32()));
        var bySite = await served.JsonAsync("/api/v1/statistics?bucket=none&by=site&to=2026-03-03");
        Assert.Equal([null, "정문", "Hall"], bySite.GetProperty("buckets").EnumerateArray().Select(bucket => bucket.GetProperty("site").GetString()));
    }

    [Fact]
    public async Task DeleteFiltered_DryRun_OnlyCounts()
    {
        using var answer = await _client.DeleteAsync("/api/v1/images?q=group&dryRun=yes");

        Assert.Equal("""{"images":1,"faces":8,"corrections":0,"dryRun":true}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, (await served.JsonAsync("/api/v1/images?q=group")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task List_PagedWhileImagesArrive_ShowsEachOnce()
    {
        await using var host = await DashboardHost.CreateAsync();
        using var client = await ServedDashboard.ServeAsync(host);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        // Three share every moment, so that the order needs its second key.
        var expected = await AddAsync(host, Enumerable.Range(0, 30).Select(index => start.AddHours(index / 3)));
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await client.GetFromJsonAsync<JsonDocument>($"/api/v1/images?limit=7{(cursor is null ? "" : $"&cursor={cursor}")}"))!.RootElement;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("nextCursor").GetString();
            await AddAsync(host, [start.AddYears(1)]);
        }
        while (cursor is not null);

        Assert.Equal(expected.AsEnumerable().Reverse(), seen);
    }

    private static Task<List<long>> AddAsync(DashboardHost host, IEnumerable<DateTime> captured) => host.Get<DatabaseWriter>().WriteAsync(async (context, token) =>
    {
        var version = (await context.SettingsVersions.FirstAsync(token)).Id;
        var images = captured.Select(time => new StoredImage { Sha256 = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"), FileName = "a.jpg", CapturedAtUtc = time, UploadedAtUtc = time, HasOriginal = false }).ToList();
        foreach (var image in images)
        {
            context.Add(image);
            await context.SaveChangesAsync(token);
            context.Add(new ImageAnalysis { ImageId = image.Id, SettingsVersionId = version, IsCurrent = true, State = AnalysisState.Done, CapturedAtUtc = image.CapturedAtUtc, QueuedAtUtc = image.UploadedAtUtc });
            await context.SaveChangesAsync(token);
        }

        return images.ConvertAll(image => image.Id);
    });

    private static async Task<JsonElement> Read(HttpResponseMessage answer) => (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement.Clone();

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string words)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = JsonDocument.Parse(text).RootElement;
            Assert.Equal(status, problem.GetProperty("status").GetInt32());
            Assert.Contains(words, problem.TryGetProperty("detail", out var detail) ? detail.GetString() : "", StringComparison.Ordinal);
        }
    }
}
