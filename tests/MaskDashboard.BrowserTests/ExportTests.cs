using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaskDashboard.BrowserTests;

public sealed class ExportTests(Browser browser) : IClassFixture<Browser>
{
    // A column of the file, and where the API has the same fact: of the image, or of the face.
    private static readonly (string Column, string Property)[] _imageColumns =
    [
        ("image_id", "id"), ("file_name", "fileName"), ("sha256", "sha256"), ("site", "site"), ("captured_at_utc", "capturedAtUtc"), ("uploaded_at_utc", "uploadedAtUtc"),
        ("image_width_px", "width"), ("image_height_px", "height"), ("state", "state"), ("reviewed_at_utc", "reviewedAtUtc"), ("detector", "detector"), ("settings_version", "settingsVersion"),
        ("model_version", "modelVersion"), ("distance_rule", "distanceRule"), ("min_distance", "minDistance"),
    ];

    private static readonly (string Column, string Property)[] _faceColumns =
    [
        ("face_id", "id"), ("face_index", "index"), ("found_by", "foundBy"), ("counted", "counted"), ("program_label", "programLabel"), ("reviewed_label", "reviewedLabel"), ("score", "score"),
        ("mask_probability", "maskProbability"), ("no_mask_probability", "noMaskProbability"), ("x_px", "x"), ("y_px", "y"), ("width_px", "width"), ("height_px", "height"), ("too_close", "tooClose"),
        ("nearest_top_left_px", "nearestPixelsTopLeft"), ("nearest_centre_px", "nearestPixelsCentre"), ("nearest_m", "nearestMetres"),
    ];

    // Known from other columns: the local time from the UTC one, the label from the program's and the reviewer's, the count from the rows.
    private static readonly string[] _derivedColumns = ["captured_at_local", "image_faces", "label"];

    [Fact]
    public async Task Csv_FromTheMenuReadBack_HasEveryValueThatTheApiHas()
    {
        await using var server = await DashboardServer.StartAsync();
        var page = await browser.OpenAsync(server);
        await page.VisitAsync("/upload");
        await page.SubmitAsync(server, "two-too-close.jpg", ("siteName", "=Gate, \"정문\""));
        await page.SubmitAsync(server, "three-one-bare.jpg", ("siteName", "Hall; east"));
        await page.SubmitAsync(server, "empty-room.webp");
        // Two faces get a person's answer: the second no mask, the third none at all.
        await page.OpenReviewAsync("/review?q=Hall");
        var notice = page.Locator(".notice-words");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("n");
        await Expect(notice).ToHaveTextAsync("Face 2: No mask");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("x");
        await Expect(notice).ToContainTextAsync("Not a face");
        await page.Keyboard.PressAsync("r");
        await Expect(notice).ToContainTextAsync("Reviewed");

        await page.VisitAsync("/history");
        await Expect(page.GetByText("3 photographs", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByText("Export", new() { Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        var rows = Read(await File.ReadAllBytesAsync(await download.PathAsync()));
        var images = await ImagesAsync(page, server);

        Assert.Equal(
            _imageColumns.Concat(_faceColumns).Select(column => column.Column).Concat(_derivedColumns).Order(StringComparer.Ordinal),
            rows[0].Keys.Order(StringComparer.Ordinal));
        Assert.Equal(images.Select(image => image.GetProperty("id").GetInt64()), rows.Select(row => long.Parse(row["image_id"], CultureInfo.InvariantCulture)).Distinct());
        foreach (var image in images)
        {
            var id = image.GetProperty("id").GetRawText();
            var own = rows.Where(row => row["image_id"] == id).ToList();
            Assert.All(own, row => AssertSame(row, image, _imageColumns));
            Assert.All(own, row => Assert.Equal(image.GetProperty("figures").GetProperty("faces").GetRawText(), row["image_faces"]));
            Assert.All(own, row => Assert.Equal(
                image.GetProperty("capturedAtUtc").GetDateTime().AddHours(9).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row["captured_at_local"]));
            var faces = image.GetProperty("faces").EnumerateArray().ToList();
            Assert.Equal(Math.Max(1, faces.Count), own.Count);
            foreach (var (face, row) in faces.Zip(own))
            {
                AssertSame(row, face, _faceColumns);
                Assert.Equal(row["reviewed_label"].Length > 0 ? row["reviewed_label"] : row["program_label"], row["label"]);
            }
        }

        Assert.Equal(["no_mask", "not_a_face"], rows.Select(row => row["reviewed_label"]).Where(label => label.Length > 0).Order());
        Assert.Contains(rows, row => row["site"] == "=Gate, \"정문\"");
    }

    // After RFC 4180; an apostrophe in front of a text that a spreadsheet would run, or that begins with one, is no part of it.
    private static List<Dictionary<string, string>> Read(byte[] bytes)
    {
        using var reader = new CsvReader(new StreamReader(new MemoryStream(bytes), Encoding.UTF8), CultureInfo.InvariantCulture);
        var rows = new List<Dictionary<string, string>>();
        foreach (IDictionary<string, object> row in reader.GetRecords<dynamic>())
        {
            rows.Add(row.ToDictionary(field => field.Key, field => ((string)field.Value) is ['\'', .. var text] ? text : (string)field.Value));
        }

        return rows;
    }

    // Every page of the list, one image at a time, and each image with its faces.
    private static async Task<List<JsonElement>> ImagesAsync(IPage page, DashboardServer server)
    {
        var images = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var list = await JsonAsync(page, $"{server.Address}/api/v1/images?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            foreach (var item in list.GetProperty("items").EnumerateArray())
            {
                images.Add(await JsonAsync(page, $"{server.Address}/api/v1/images/{item.GetProperty("id").GetInt64()}"));
            }

            cursor = list.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return images;
    }

    private static async Task<JsonElement> JsonAsync(IPage page, string address) => (await (await page.APIRequest.GetAsync(address)).JsonAsync())!.Value;

    private static void AssertSame(Dictionary<string, string> row, JsonElement document, IEnumerable<(string Column, string Property)> columns)
    {
        foreach (var (column, property) in columns)
        {
            var (cell, value) = (row[column], document.GetProperty(property));
            Assert.True(Same(cell, value), $"{column} is '{cell}' in the file, {value.GetRawText()} for the API.");
        }
    }

    private static bool Same(string cell, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => cell.Length == 0,
        JsonValueKind.Number => double.Parse(cell, CultureInfo.InvariantCulture) == value.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => cell == value.GetRawText(),
        _ when value.TryGetDateTime(out var utc) => DateTime.Parse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) == utc,
        _ => cell == value.GetString() || string.Equals(cell.Replace("_", "", StringComparison.Ordinal), value.GetString(), StringComparison.OrdinalIgnoreCase),
    };
}
