using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using MaskDashboard.Accounts;
using MaskDashboard.Housekeeping;
using MaskDashboard.Review;
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
        Assert.Equal((CaptureTimeSource.Exif, true), (parts.CapturedAtSource, parts.HasFocalLength));
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

    [Fact]
    public async Task WriteAsync_AnalysedImage_HoldsFilesRowsAndLogAndLeavesNothing()
    {
        await using var host = await AnalysedAsync();
        await using var context = await host.OpenAsync();
        var face = await context.Faces.FirstAsync();
        await host.Get<FaceCorrections>().CorrectAsync(face.AnalysisId, [new FaceStatement(face.Id, ReviewedLabel.NoMask)], Actor.Program);

        using (var file = await host.Get<ImageArchive>().WriteAsync(1, Actor.Program))
        using (var archive = new ZipArchive(file!))
        {
            Assert.Equal(["original.jpeg", "stored.json", "thumbnail-1.jpg"], archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
            var parts = (await host.Get<StoredPartsReader>().ReadAsync(1))!;
            Assert.Equal(parts.Original!.Sha256, Hash(archive, "original.jpeg"));
            Assert.Equal(parts.Thumbnails[0].Sha256, Hash(archive, "thumbnail-1.jpg"));
            using var stored = JsonDocument.Parse(archive.GetEntry("stored.json")!.Open());
            var root = stored.RootElement;
            Assert.Equal("gate.jpg", root.GetProperty("image").GetProperty("fileName").GetString());
            Assert.Equal(parts.Faces, root.GetProperty("analyses")[0].GetProperty("faces").GetArrayLength());
            Assert.Equal("noMask", root.GetProperty("corrections")[0].GetProperty("label").GetString());
            Assert.Contains("uploaded", root.GetProperty("auditEntries")[0].GetProperty("details").GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(host.Folder, "temp")));
        Assert.Null(await host.Get<ImageArchive>().WriteAsync(99, Actor.Program));
        Assert.Equal("Image 1: everything stored about it downloaded", (await context.AuditEntries.OrderBy(entry => entry.Id).LastAsync()).Details);
    }

    private static string Hash(ZipArchive archive, string name)
    {
        using var entry = archive.GetEntry(name)!.Open();
        return Convert.ToHexStringLower(SHA256.HashData(entry));
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
