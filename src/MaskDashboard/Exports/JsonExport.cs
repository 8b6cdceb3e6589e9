using System.IO.Pipelines;
using System.Text.Json;
using MaskDashboard.Compliance;

namespace MaskDashboard.Exports;

/// <summary>One JSON object: when and of what, then <c>images</c>, each an <see cref="ImageDocument"/> with its faces.</summary>
/// <param name="documents">Reads.</param>
/// <param name="clock">The time.</param>
public sealed class JsonExport(ImageDocuments documents, TimeProvider clock)
{
    /// <summary>Writes what a choice holds.</summary>
    /// <param name="selection">The images.</param>
    /// <param name="output">Written to as it is read.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteAsync(ImageSelection selection, PipeWriter output, CancellationToken cancellationToken = default)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ImageDocument.JsonOptions.Encoder });
        json.WriteStartObject();
        json.WriteString("generatedAtUtc", clock.GetUtcNow().UtcDateTime);
        json.WriteString("timeZone", selection.Zone.Id);
        json.WriteStartObject("filter");
        foreach (var (name, value) in selection.Filter.ToQuery())
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("images");
        await foreach (var stretch in documents.StretchesAsync(selection, withFaces: true, cancellationToken: cancellationToken))
        {
            foreach (var image in stretch)
            {
                JsonSerializer.Serialize(json, image, ImageDocument.JsonOptions);
            }

            await json.FlushAsync(cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
