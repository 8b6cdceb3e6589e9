using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace MaskDashboard.Tests.Api;

public sealed partial class OpenApiTests(ServedDashboard served) : IClassFixture<ServedDashboard>
{
    [Fact]
    public async Task Document_IsValidAndDescribesEveryRoute()
    {
        var text = await served.Client.GetStringAsync("/api/v1/openapi.json");

        var read = OpenApiDocument.Parse(text, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        var paths = JsonDocument.Parse(text).RootElement.GetProperty("paths");
        var described = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")).ToHashSet();
        var served1 = served.Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.Contains("broken", StringComparison.Ordinal))
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true })
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Constraint().Replace(endpoint.RoutePattern.RawText!, "}").TrimEnd('/')}"))
            .ToHashSet();
        served1.RemoveWhere(route => route.EndsWith("openapi.json", StringComparison.Ordinal));
        Assert.Subset(described, served1);
        Assert.NotEmpty(served1);
    }

    [Fact]
    public async Task Document_EveryOperation_IsExplained()
    {
        var root = await served.JsonAsync("/api/v1/openapi.json");
        var names = new HashSet<string>();
        foreach (var path in root.GetProperty("paths").EnumerateObject().Where(path => !path.Name.Contains("broken", StringComparison.Ordinal)))
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(names.Add(operation.Value.GetProperty("operationId").GetString()!), path.Name);
                Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
                Assert.NotEmpty(operation.Value.GetProperty("description").GetString()!);
                Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), response => response.Name.StartsWith('2'));
                Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), response => response.Name.StartsWith('4'));
            }
        }

        Assert.Contains("submitImage", names);
        var form = root.GetProperty("paths").GetProperty("/api/v1/images").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data");
        Assert.Equal("binary", form.GetProperty("schema").GetProperty("properties").GetProperty("file").GetProperty("format").GetString());
        Assert.Contains("noMask", root.GetProperty("components").GetProperty("schemas").GetProperty("MaskLabel").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
    }

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();
}
