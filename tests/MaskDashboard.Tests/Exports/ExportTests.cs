using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using MaskDashboard.Compliance;
using MaskDashboard.Exports;
using MaskDashboard.Storage;
using MaskDashboard.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Exports;

public sealed class ExportTests(ServedDashboard served) : IClassFixture<ServedDashboard>
{
    [Fact]
    public async Task Csv_ParsedAgain_HoldsEveryFaceAndEveryImageWithoutFaces()
    {
        using var answer = await served.Client.GetAsync("/api/v1/exports/csv?timeZone=Asia/Seoul");
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var rows = Parse(bytes);
        Assert.Equal(CsvExport.Columns.Select(column => column.Name), rows[0].Keys);
        await using var context = await served.Host.OpenAsync();
        var faces = await context.Faces.Where(face => face.EffectiveCounted).ToDictionaryAsync(face => face.Id);
        var withFace = rows.Where(row => row["face_id"].Length > 0).ToList();
        Assert.Equal(faces.Keys.Order(), withFace.Select(row => long.Parse(row["face_id"], CultureInfo.InvariantCulture)).Order());
        Assert.All(withFace, row =>
        {
            var face = faces[long.Parse(row["face_id"], CultureInfo.InvariantCulture)];
            Assert.Equal((face.X, face.Width, face.Score, face.MaskProbability), (Single(row["x_px"]), Single(row["width_px"]), Single(row["score"]), Single(row["mask_probability"])));
            Assert.Equal(face.TooClose, bool.Parse(row["too_close"]));
            Assert.Equal(face.NearestMetres, row["nearest_m"].Length == 0 ? null : double.Parse(row["nearest_m"], CultureInfo.InvariantCulture));
            Assert.Equal(face.EffectiveLabel.ToString(), row["label"].Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        });
        Assert.Equal("empty-room.webp", Assert.Single(rows, row => row["face_id"].Length == 0)["file_name"]);
        Assert.Contains(rows, row => row["file_name"] == "group, all.jpg");
        Assert.All(rows.Where(row => row["site"] == "정문"), row => Assert.Equal(("'=gate.jpg", "2026-03-01T15:30:00Z", "2026-03-02 00:30:00"), (row["file_name"], row["captured_at_utc"], row["captured_at_local"])));
    }

    [Fact]
    public async Task Csv_Filtered_HoldsWhatTheFilterShowsAndSaysSoInItsName()
    {
        await using var context = await served.Host.OpenAsync();
        var gate = await context.Sites.SingleAsync(site => site.Name == "정문");
        using var answer = await served.Client.GetAsync($"/api/v1/exports/csv?from=2026-03-01&to=2026-03-01&site={gate.Id}");

        Assert.Equal(2, Parse(await answer.Content.ReadAsByteArrayAsync()).Count);
        Assert.Matches("^mask-dashboard-2026-03-01-to-2026-03-01-정문-[0-9]{8}-[0-9]{4}\\.csv$", answer.Content.Headers.ContentDisposition!.FileNameStar);
        var entry = await context.AuditEntries.OrderByDescending(stored => stored.Id).FirstAsync(stored => stored.Action == AuditAction.Export);
        Assert.NotNull(entry.RemoteAddress);
    }

    [Fact]
    public async Task Json_Parsed_HoldsImagesWithTheirFaces()
    {
        var export = await served.JsonAsync("/api/v1/exports/json?q=group");

        Assert.Equal("group", export.GetProperty("filter").GetProperty("q").GetString());
        var image = Assert.Single(export.GetProperty("images").EnumerateArray());
        Assert.Equal(8, image.GetProperty("faces").GetArrayLength());
        Assert.Equal(8, image.GetProperty("figures").GetProperty("faces").GetInt32());
    }

    [Fact]
    public async Task Coco_Parsed_IsConsistent()
    {
        var coco = await served.JsonAsync("/api/v1/exports/coco");

        var images = coco.GetProperty("images").EnumerateArray().ToDictionary(image => image.GetProperty("id").GetInt64());
        var annotations = coco.GetProperty("annotations").EnumerateArray().ToList();
        var categories = coco.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("id").GetInt32()).ToHashSet();
        Assert.Equal((3, 10), (images.Count, annotations.Count));
        Assert.Equal(annotations.Count, annotations.Select(annotation => annotation.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.All(annotations, annotation =>
        {
            var image = images[annotation.GetProperty("image_id").GetInt64()];
            var box = annotation.GetProperty("bbox").EnumerateArray().Select(value => value.GetDouble()).ToArray();
            Assert.Contains(annotation.GetProperty("category_id").GetInt32(), categories);
            Assert.True(box[0] >= 0 && box[1] >= 0 && box[2] > 0 && box[3] > 0);
            Assert.True(box[0] + box[2] <= image.GetProperty("width").GetInt32() + 0.01 && box[1] + box[3] <= image.GetProperty("height").GetInt32() + 0.01);
            Assert.Equal(box[2] * box[3], annotation.GetProperty("area").GetDouble(), 0.5);
            Assert.Equal(0, annotation.GetProperty("iscrowd").GetInt32());
        });
    }

    [Fact]
    public async Task Csv_Selection_HoldsTheChosenImagesOnly()
    {
        var ids = (await served.JsonAsync("/api/v1/images?q=empty")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64());
        using var form = new FormUrlEncodedContent([new("images", string.Join(',', ids))]);
        using var answer = await served.Client.PostAsync("/api/v1/exports/csv", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("empty-room.webp", Assert.Single(Parse(await answer.Content.ReadAsByteArrayAsync()))["file_name"]);

        using var except = new FormUrlEncodedContent([new("except", string.Join(',', ids))]);
        using var others = await served.Client.PostAsync("/api/v1/exports/csv", except);
        Assert.DoesNotContain(Parse(await others.Content.ReadAsByteArrayAsync()), row => row["file_name"] == "empty-room.webp");
    }

    [Theory]
    [InlineData("=1+1", "'=1+1\r\n")]
    [InlineData("@cmd", "'@cmd\r\n")]
    [InlineData("'quoted", "''quoted\r\n")]
    [InlineData("a,b", "\"a,b\"\r\n")]
    [InlineData("a\"b", "\"a\"\"b\"\r\n")]
    [InlineData("line\nbreak", "\"line\nbreak\"\r\n")]
    [InlineData("plain", "plain\r\n")]
    [InlineData(null, "\r\n")]
    public void CsvText_Text_IsQuotedAndHarmless(string? text, string expected)
    {
        var csv = new CsvText();
        csv.Text(text).EndRow();
        Assert.Equal(expected, csv.Take());
    }

    [Fact]
    public void Name_NothingFiltered_SaysWhen() => Assert.Equal(
        "mask-dashboard-haar-not-reviewed-search-20260301-0930.json",
        ExportName.Of(new ImageSelection(new ImageFilter { Detector = Vision.DetectorKind.Haar, Reviewed = false, Search = "secret" }, TimeZoneInfo.Utc), null, new DateTime(2026, 3, 1, 9, 30, 0, DateTimeKind.Utc), "json"));

    private static float Single(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static List<IDictionary<string, string>> Parse(byte[] bytes)
    {
        using var reader = new CsvReader(new StreamReader(new MemoryStream(bytes), Encoding.UTF8), CultureInfo.InvariantCulture);
        var rows = new List<IDictionary<string, string>>();
        foreach (IDictionary<string, object> row in reader.GetRecords<dynamic>())
        {
            rows.Add(row.ToDictionary(field => field.Key, field => (string)field.Value));
        }

        return rows;
    }
}
