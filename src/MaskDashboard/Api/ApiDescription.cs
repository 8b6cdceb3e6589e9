using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MaskDashboard.Api;

/// <summary>What the OpenAPI document says beyond what the routes do.</summary>
internal static class ApiDescription
{
    public const string DocumentName = "v1";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "MaskDashboard",
                Version = "v1",
                Description = "Submit photographs, read who wears a mask and who stands too close, list, export and delete. Names are camelCase, times UTC in ISO 8601, boxes in pixels of the upright image. Every error is a problem document (RFC 9457) whose detail is one sentence.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var metadata in context.Description.ActionDescriptor.EndpointMetadata)
            {
                switch (metadata)
                {
                    case ApiParameters { Parameters: var parameters }:
                        foreach (var parameter in parameters)
                        {
                            (operation.Parameters ??= []).Add(Parameter(parameter));
                        }

                        break;
                    case ApiPathWords words when operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == words.Name) is { Schema: OpenApiSchema schema }:
                        schema.Enum = [.. words.Values.Select(word => (JsonNode)word)];
                        break;
                    case ApiForm form:
                        operation.RequestBody = form.Body();
                        break;
                }
            }

            return Task.CompletedTask;
        });
    }

    private static OpenApiParameter Parameter(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = new OpenApiSchema
        {
            Type = parameter.Type == "integer" ? JsonSchemaType.Integer : JsonSchemaType.String,
            Format = parameter.Format,
            Enum = parameter.Values is { } words ? [.. words.Select(word => (JsonNode)word)] : null,
        },
    };
}

/// <summary>The fields of a multipart form.</summary>
/// <param name="Fields">Name, description, format and words of each; the one of format binary is required.</param>
internal sealed record ApiForm(IReadOnlyList<ApiParameter> Fields)
{
    /// <summary>The form as a request body.</summary>
    public OpenApiRequestBody Body() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = Fields.Where(field => field.Format == "binary").Select(field => field.Name).ToHashSet(),
                    Properties = Fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Format = field.Format,
                        Description = field.Description,
                        Enum = field.Values is { } words ? [.. words.Select(word => (JsonNode)word)] : null,
                    }),
                },
            },
        },
    };
}
