using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MaskDashboard.Api;
using MaskDashboard.Endpoints;
using MaskDashboard.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MaskDashboard.Tests.Api;

/// <summary>The program on a real socket, with three analysed photographs.</summary>
public sealed class ServedDashboard : IAsyncLifetime
{
    /// <summary>The program's services.</summary>
    internal DashboardHost Host { get; private set; } = null!;

    /// <summary>Talks to it as a program does.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Host = await DashboardHost.CreateAsync();
        Client = await ServeAsync(Host);
        await SubmitAsync(Client, "two-too-close.jpg", "=gate.jpg", ("siteName", "정문"), ("capturedAt", "2026-03-01T15:30:00Z"));
        await SubmitAsync(Client, "group.jpg", "group, all.jpg", ("siteName", "Hall"), ("capturedAt", "2026-03-02T09:00:00Z"));
        await SubmitAsync(Client, "empty-room.webp", "empty-room.webp", ("capturedAt", "2026-03-03T09:00:00Z"));
        await Host.IdleAsync();
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>Serves a program, with an address that always fails.</summary>
    internal static Task<HttpClient> ServeAsync(DashboardHost host) => host.ServeAsync(app =>
    {
        app.MapUploads();
        app.MapImages();
        app.MapApi();
        app.MapGet("/api/v1/broken", IResult () => throw new InvalidOperationException("a secret of the program")).AllowAnonymous();
    });

    /// <summary>Submits a sample.</summary>
    internal static async Task<HttpResponseMessage> SubmitAsync(HttpClient client, string sample, string name, params (string Field, string Value)[] fields)
    {
        await using var stream = DashboardHost.Sample(sample);
        return await client.PostAsync("/api/v1/images", Form(stream, name, fields));
    }

    /// <summary>A form with a file at its end.</summary>
    internal static MultipartFormDataContent Form(Stream file, string name, params (string Field, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(content, "file", name);
        return form;
    }

    /// <summary>The JSON at an address.</summary>
    internal async Task<JsonElement> JsonAsync(string address) => (await Client.GetFromJsonAsync<JsonDocument>(address))!.RootElement;
}
