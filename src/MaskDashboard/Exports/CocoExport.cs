using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Exports;

/// <summary>
/// The COCO object detection format: images, annotations and the categories mask (1), no_mask (2) and uncertain (3). Labels are the effective
/// ones, faces that a reviewer rejected are left out, boxes are cut at the edge of the image.
/// </summary>
/// <param name="documents">Reads.</param>
/// <param name="clock">The time.</param>
public sealed class CocoExport(ImageDocuments documents, TimeProvider clock)
{
    private static readonly (int Id, string Name)[] s_categories = [(1, "mask"), (2, "no_mask"), (3, "uncertain")];

    /// <summary>Writes what a choice holds; images that are not analysed are left out, since no boxes would say that nobody is there.</summary>
    /// <param name="selection">The images.</param>
    /// <param name="output">Written to as it is read.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteAsync(ImageSelection selection, PipeWriter output, CancellationToken cancellationToken = default)
    {
        // Images and annotations are read one after the other; what is finished in between would have boxes without an image.
        var now = clock.GetUtcNow().UtcDateTime;
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ImageDocument.JsonOptions.Encoder });
        json.WriteStartObject();
        WriteInfo(json, now);
        json.WriteStartArray("images");
        await foreach (var stretch in documents.StretchesAsync(selection, withFaces: false, now, cancellationToken))
        {
            foreach (var image in stretch)
            {
                WriteImage(json, image);
            }

            await FlushAsync(json, output, cancellationToken);
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        await foreach (var stretch in documents.StretchesAsync(selection, withFaces: true, now, cancellationToken))
        {
            foreach (var image in stretch)
            {
                foreach (var face in image.Faces!.Where(face => face.Counted))
                {
                    WriteAnnotation(json, image, face);
                }
            }

            await FlushAsync(json, output, cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await FlushAsync(json, output, cancellationToken);
    }

    private static async Task FlushAsync(Utf8JsonWriter json, PipeWriter output, CancellationToken cancellationToken)
    {
        await json.FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteInfo(Utf8JsonWriter json, DateTime now)
    {
        json.WriteStartObject("info");
        json.WriteString("description", "MaskDashboard export");
        json.WriteString("version", "1.0");
        json.WriteNumber("year", now.Year);
        json.WriteString("date_created", now);
        json.WriteEndObject();
        json.WriteStartArray("licenses");
        json.WriteEndArray();
        json.WriteStartArray("categories");
        foreach (var (id, name) in s_categories)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("name", name);
            json.WriteString("supercategory", "face");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteImage(Utf8JsonWriter json, ImageDocument image)
    {
        json.WriteStartObject();
        json.WriteNumber("id", image.Id);
        json.WriteString("file_name", image.FileName);
        json.WriteNumber("width", image.Width);
        json.WriteNumber("height", image.Height);
        json.WriteString("date_captured", image.CapturedAtUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        json.WriteString("coco_url", $"/api/v1/images/{image.Id}/original");
        json.WriteString("sha256", image.Sha256);
        json.WriteString("site", image.Site);
        json.WriteBoolean("reviewed", image.ReviewedAtUtc is not null);
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, ImageDocument image, FaceDocument face)
    {
        float left = Math.Clamp(face.X, 0, image.Width), top = Math.Clamp(face.Y, 0, image.Height);
        float width = Math.Clamp(face.X + face.Width, 0, image.Width) - left, height = Math.Clamp(face.Y + face.Height, 0, image.Height) - top;
        json.WriteStartObject();
        json.WriteNumber("id", face.Id);
        json.WriteNumber("image_id", image.Id);
        json.WriteNumber("category_id", face.Label switch { MaskLabel.Mask => 1, MaskLabel.NoMask => 2, _ => 3 });
        json.WriteStartArray("bbox");
        json.WriteNumberValue(left);
        json.WriteNumberValue(top);
        json.WriteNumberValue(width);
        json.WriteNumberValue(height);
        json.WriteEndArray();
        json.WriteNumber("area", width * height);
        json.WriteStartArray("segmentation");
        json.WriteEndArray();
        json.WriteNumber("iscrowd", 0);
        json.WriteStartObject("attributes");
        json.WriteNumber("score", face.Score);
        json.WriteNumber("mask_probability", face.MaskProbability);
        json.WriteNumber("no_mask_probability", face.NoMaskProbability);
        json.WriteBoolean("reviewed", face.ReviewedLabel is not null || face.FoundBy == FaceOrigin.Reviewer);
        json.WriteBoolean("too_close", face.TooClose);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
