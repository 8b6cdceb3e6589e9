using System.Security.Cryptography;
using MaskDashboard.Accounts;
using MaskDashboard.Housekeeping;
using MaskDashboard.Storage;
using MaskDashboard.Tests.Uploads;
using MaskDashboard.Uploads;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Housekeeping;

public sealed class StoredPartsTests
{
    [Fact]
    public async Task ReadAsync_AnalysedImage_TellsFilesAndWhenTheyGo()
    {
        await using var host = await AnalysedAsync();
        await host.Get<Retention>().SaveAsync(new RetentionRules { OriginalDays = 30, ResultDays = 10 }, Actor.Program);

        var parts = (await host.Get<StoredPartsReader>().ReadAsync(1))!;

        await using var context = await host.OpenAsync();
        var image = await context.Images.SingleAsync();
        var stored = await File.ReadAllBytesAsync(host.Get<OriginalStore>().PathOf(image.Sha256));
        var due = image.UploadedAtUtc.AddDays(10);
        // What is stored has lost its metadata, so that its hash is not the upload's.
        Assert.Equal(new StoredPart(stored.Length, Convert.ToHexStringLower(SHA256.HashData(stored)), due), parts.Original);
        Assert.NotEqual(image.Sha256, parts.Original!.Sha256);
        var thumbnail = await context.Thumbnails.SingleAsync();
        Assert.Equal([new StoredPart(thumbnail.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(thumbnail.Bytes)), due)], parts.Thumbnails);
        Assert.Equal(due, parts.ResultsRemovedFromUtc);
        Assert.Equal((1, await context.Faces.CountAsync(), 0), (parts.Analyses, parts.Faces, parts.Corrections));
        Assert.Equal([await context.Analyses.Select(analysis => analysis.SettingsVersionId).SingleAsync()], parts.SettingsVersions);
        Assert.Null(parts.UploadedBy);
    }

    [Fact]
    public async Task ReadAsync_RemovedOriginal_IsToldAsRemoved()
    {
        await using var host = await AnalysedAsync();
        await using (var context = await host.OpenAsync())
        {
            await context.Images.ExecuteUpdateAsync(update => update.SetProperty(image => image.HasOriginal, false));
        }

        var parts = (await host.Get<StoredPartsReader>().ReadAsync(1))!;

        Assert.Null(parts.Original);
        Assert.Null(Assert.Single(parts.Thumbnails).RemovedFromUtc);
        Assert.Null(parts.ResultsRemovedFromUtc);
    }

    [Fact]
    public async Task ReadAsync_UnknownImage_IsNull()
    {
        await using var host = await AnalysedAsync();

        Assert.Null(await host.Get<StoredPartsReader>().ReadAsync(99));
    }

    private static async Task<DashboardHost> AnalysedAsync()
    {
        var host = await DashboardHost.CreateAsync();
        var file = ExifPhotographs.WithPlaceTimeAndFocalLength(await File.ReadAllBytesAsync(Path.Combine(DashboardHost.Root, "wwwroot", "samples", "two-too-close.jpg")));
        await host.Get<ImageIntake>().AcceptAsync(new MemoryStream(file), new IntakeRequest("gate.jpg"));
        await host.RunQueueAsync();
        return host;
    }
}
