using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaskDashboard.Compliance;
using MaskDashboard.Endpoints;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using static MaskDashboard.Tests.Review.ReviewScene;

namespace MaskDashboard.Tests.Review;

/// <summary>What people download and see in lists after they corrected the program.</summary>
public sealed class ReviewedPicturesTests
{
    // The ground of the chip "No mask" in an annotated image.
    private static readonly SKColor s_noMask = new(0xFF, 0x9F, 0x1C);

    [Fact]
    public async Task Downloads_AfterACorrection_ShowTheReviewersLabelsToThoseWhoHadTheOldOnes()
    {
        await using var host = await DashboardHost.CreateAsync();
        using var client = await host.ServeAsync(app => app.MapImages());
        var (imageId, faces) = await AnalyseAsync(host, "two-masked-apart.jpg");
        using var pictureBefore = await client.GetAsync($"/images/{imageId}/annotated");
        using var resultBefore = await client.GetAsync($"/images/{imageId}/result.json");
        Assert.Equal(["mask", "mask"], Labels(await JsonAsync(resultBefore)));
        Assert.Equal(0, Count(await pictureBefore.Content.ReadAsByteArrayAsync(), s_noMask));

        await host.Get<FaceCorrections>().CorrectAsync(faces[0].AnalysisId, [new FaceStatement(faces[0].Id, ReviewedLabel.NoMask)], Kim);

        // A browser that has the files asks whether they are still so.
        using var picture = await client.AskAgainAsync(pictureBefore);
        using var result = await client.AskAgainAsync(resultBefore);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (picture.StatusCode, result.StatusCode));
        Assert.Equal(["noMask", "mask"], Labels(await JsonAsync(result)));
        Assert.True(Count(await picture.Content.ReadAsByteArrayAsync(), s_noMask) > 100);
        using var pictureKnown = await client.AskAgainAsync(picture);
        using var resultKnown = await client.AskAgainAsync(result);
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotModified), (pictureKnown.StatusCode, resultKnown.StatusCode));

        await host.Get<FaceCorrections>().CorrectAsync(faces[0].AnalysisId, [new FaceStatement(faces[0].Id, ReviewedLabel.NotAFace)], Kim);

        Assert.Equal(["mask"], Labels((await client.GetFromJsonAsync<JsonDocument>($"/images/{imageId}/result.json"))!));
        Assert.Equal(0, Count(await client.GetByteArrayAsync($"/images/{imageId}/annotated"), s_noMask));
    }

    [Fact]
    public async Task Thumbnail_FaceRejectedThenUndone_IsDrawnWithoutItAndAsItWas()
    {
        await using var host = await DashboardHost.CreateAsync();
        using var client = await host.ServeAsync(app => app.MapImages());
        var (imageId, faces) = await AnalyseAsync(host, "two-too-close.jpg");
        using var before = await client.GetAsync($"/images/{imageId}/thumbnail");
        var old = await host.Get<HistoryQueries>().PageAsync(new ImageFilter(), TimeZoneInfo.Utc, 0, 1);

        await host.Get<FaceCorrections>().CorrectAsync(faces[0].AnalysisId, [new FaceStatement(faces[0].Id, ReviewedLabel.NotAFace)], Kim);
        await AfterErrandsAsync(host);

        using var after = await client.AskAgainAsync(before);
        var pixels = await after.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(await before.Content.ReadAsByteArrayAsync(), pixels);
        // Pages that stay open do not ask again for an address they have.
        Assert.NotEqual(old.Rows[0].ThumbnailAddress, (await host.Get<HistoryQueries>().PageAsync(new ImageFilter(), TimeZoneInfo.Utc, 0, 1)).Rows[0].ThumbnailAddress);

        await host.Get<FaceCorrections>().UndoAsync(faces[0].AnalysisId, Kim);
        await AfterErrandsAsync(host);
        Assert.Equal(await before.Content.ReadAsByteArrayAsync(), await client.GetByteArrayAsync($"/images/{imageId}/thumbnail"));
    }

    private static async Task<(long ImageId, List<Face> Faces)> AnalyseAsync(DashboardHost host, string sample)
    {
        await using var file = DashboardHost.Sample(sample);
        var accepted = await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(sample, null));
        await host.IdleAsync();
        await using var context = await host.OpenAsync();
        return (accepted.ImageId, await context.Faces.Where(face => face.AnalysisId == accepted.AnalysisId && face.Counted).OrderBy(face => face.Index).ToListAsync());
    }

    // Workers take errands in their order: once this one is done, so are those before it.
    private static Task<bool> AfterErrandsAsync(DashboardHost host) => host.Get<WorkerErrands>().RunAsync((_, _) => Task.FromResult(true), CancellationToken.None);

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage answer) => await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());

    private static IEnumerable<string?> Labels(JsonDocument result) => result.RootElement.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("label").GetString());

    // JPEG moves colours a little.
    private static int Count(byte[] jpeg, SKColor color)
    {
        using var picture = SKBitmap.Decode(jpeg);
        return picture.Pixels.Count(pixel => Math.Abs(pixel.Red - color.Red) + Math.Abs(pixel.Green - color.Green) + Math.Abs(pixel.Blue - color.Blue) < 24);
    }
}
