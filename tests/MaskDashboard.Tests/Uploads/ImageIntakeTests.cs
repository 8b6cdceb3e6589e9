using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision.Decoding;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Uploads;

public sealed class ImageIntakeTests
{
    [Fact]
    public async Task AcceptAsync_Photograph_IsOnDiskAndQueued()
    {
        await using var host = await DashboardHost.CreateAsync();
        await using var sample = DashboardHost.Sample("two-too-close.jpg");

        var result = await host.Get<ImageIntake>().AcceptAsync(sample, new IntakeRequest("C:\\photos\\gate.jpg", "  Gate  "));

        await using var context = await host.OpenAsync();
        var image = await context.Images.Include(stored => stored.Site).Include(stored => stored.Analyses).SingleAsync();
        Assert.Equal((result.ImageId, "gate.jpg", "Gate", 900, 640), (image.Id, image.FileName, image.Site!.Name, image.Width, image.Height));
        Assert.Equal(AnalysisState.Queued, Assert.Single(image.Analyses).State);
        Assert.Equal(sample.Length, image.ByteLength);
        Assert.InRange(new FileInfo(host.Get<OriginalStore>().PathOf(image.Sha256)).Length, 1, sample.Length);
        Assert.Empty(Directory.GetFiles(host.Get<DataFolder>().TempFolder));
    }

    [Fact]
    public async Task AcceptAsync_SameBytesManyTimesAtOnce_StoresThemOnce()
    {
        await using var host = await DashboardHost.CreateAsync();
        var intake = host.Get<ImageIntake>();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(async index =>
        {
            await using var sample = DashboardHost.Sample("one-bare.png");
            return await intake.AcceptAsync(sample, new IntakeRequest($"copy-{index}.png"));
        }));

        Assert.Equal(1, results.Count(result => !result.Duplicate));
        Assert.Single(results.Select(result => result.AnalysisId).Distinct());
        await using var context = await host.OpenAsync();
        Assert.Equal(8, (await context.Images.SingleAsync()).UploadCount);
    }

    [Theory]
    [InlineData("", ImageRejection.Empty)]
    [InlineData("plain text", ImageRejection.NotAnImage)]
    public async Task AcceptAsync_NoPhotograph_LeavesNothing(string content, ImageRejection rejection)
    {
        await using var host = await DashboardHost.CreateAsync();

        var rejected = await Assert.ThrowsAsync<ImageRejectedException>(() =>
            host.Get<ImageIntake>().AcceptAsync(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(content)), new IntakeRequest("photo.jpg")));

        Assert.Equal(rejection, rejected.Rejection);
        await AssertNothingStoredAsync(host);
    }

    [Fact]
    public async Task AcceptAsync_TooManyBytes_StopsReadingAndLeavesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        using var endless = new MemoryStream(new byte[25_000_001]);

        var rejected = await Assert.ThrowsAsync<ImageRejectedException>(() => host.Get<ImageIntake>().AcceptAsync(endless, new IntakeRequest("photo.jpg")));

        Assert.Equal(ImageRejection.TooLarge, rejected.Rejection);
        await AssertNothingStoredAsync(host);
    }

    [Fact]
    public async Task AcceptAsync_SenderGoesAway_LeavesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await using var sample = DashboardHost.Sample("group.jpg");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Get<ImageIntake>().AcceptAsync(sample, new IntakeRequest("group.jpg"), gone.Token));

        await AssertNothingStoredAsync(host);
    }

    [Theory]
    [InlineData("CREATE TRIGGER refuse BEFORE INSERT ON Analyses BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")]
    // Refused by the commit itself: a foreign key that is looked at then.
    [InlineData("""
        CREATE TABLE LateParents (Id INTEGER PRIMARY KEY);
        CREATE TABLE Late (Parent INTEGER REFERENCES LateParents (Id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER refuse AFTER INSERT ON Analyses BEGIN INSERT INTO Late VALUES (1); END
        """)]
    public async Task AcceptAsync_DatabaseRefuses_LeavesNothingAndLaterTakesTheFile(string refusal)
    {
        await using var host = await DashboardHost.CreateAsync();
        await using var context = await host.OpenAsync();
        await context.Database.ExecuteSqlRawAsync(refusal);

        await using (var sample = DashboardHost.Sample("group.jpg"))
        {
            await Assert.ThrowsAsync<IOException>(() => host.Get<ImageIntake>().AcceptAsync(sample, new IntakeRequest("group.jpg")));
        }

        await AssertNothingStoredAsync(host);
        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER refuse");
        await using var again = DashboardHost.Sample("group.jpg");
        Assert.False((await host.Get<ImageIntake>().AcceptAsync(again, new IntakeRequest("group.jpg"))).Duplicate);
    }

    [Fact]
    public async Task AcceptAsync_DatabaseRefusesACopy_KeepsTheFileThatAnotherUploadStored()
    {
        await using var host = await DashboardHost.CreateAsync();
        await using var context = await host.OpenAsync();
        await using (var sample = DashboardHost.Sample("group.jpg"))
        {
            await host.Get<ImageIntake>().AcceptAsync(sample, new IntakeRequest("group.jpg"));
        }

        await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER refuse BEFORE UPDATE ON Images BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        await using (var copy = DashboardHost.Sample("group.jpg"))
        {
            await Assert.ThrowsAsync<IOException>(() => host.Get<ImageIntake>().AcceptAsync(copy, new IntakeRequest("copy.jpg")));
        }

        Assert.Single(host.Get<OriginalStore>().All());
    }

    [Fact]
    public async Task AcceptAsync_NoPlaceForArrivingFiles_FailsAsTheDiskDoes()
    {
        await using var host = await DashboardHost.CreateAsync();
        Directory.Delete(host.Get<DataFolder>().TempFolder);
        await using var sample = DashboardHost.Sample("group.jpg");

        await Assert.ThrowsAnyAsync<IOException>(() => host.Get<ImageIntake>().AcceptAsync(sample, new IntakeRequest("group.jpg")));

        Directory.CreateDirectory(host.Get<DataFolder>().TempFolder);
        await AssertNothingStoredAsync(host);
    }

    [Fact]
    public async Task AcceptAsync_PhotographWithPlaceAndFocalLength_KeepsThePlaceNowhere()
    {
        await using var host = await DashboardHost.CreateAsync();
        var file = ExifPhotographs.WithPlaceTimeAndFocalLength(await File.ReadAllBytesAsync(Path.Combine(DashboardHost.Root, "wwwroot", "samples", "two-too-close.jpg")));

        await host.Get<ImageIntake>().AcceptAsync(new MemoryStream(file), new IntakeRequest("gate.jpg"));
        await host.RunQueueAsync();

        await using var context = await host.OpenAsync();
        var image = await context.Images.Include(stored => stored.Analyses).SingleAsync();
        Assert.Equal(CaptureTimeSource.Exif, image.CapturedAtSource);
        Assert.Equal((Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)), file.Length), (image.Sha256, image.ByteLength));
        // 28 mm on a frame of 36 mm; the longer side has 900 pixels.
        Assert.Equal(700, image.ExifFocalLengthPixels!.Value, 6);
        var analysis = Assert.Single(image.Analyses);
        Assert.Equal((700.0, Vision.FocalLengthSource.Exif), (analysis.FocalLengthPixels!.Value, analysis.FocalLengthSource));
        var stored = await File.ReadAllBytesAsync(host.Get<OriginalStore>().PathOf(image.Sha256));
        Assert.True(file.AsSpan().IndexOf("Seoul"u8) > 0);
        Assert.True(stored.AsSpan().IndexOf("Seoul"u8) < 0);
        Assert.True(stored.AsSpan().IndexOf("Exif"u8) < 0);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\a\\b.jpg", "b.jpg")]
    [InlineData("a\u0000b\n.png", "ab.png")]
    [InlineData("/", "unnamed")]
    public void Sanitize_FileName_KeepsTheLastPart(string given, string expected) => Assert.Equal(expected, ImageIntake.Sanitize(given));

    private static async Task AssertNothingStoredAsync(DashboardHost host)
    {
        await using var context = await host.OpenAsync();
        Assert.Equal(0, await context.Images.CountAsync());
        Assert.Empty(host.Get<OriginalStore>().All());
        Assert.Empty(Directory.GetFiles(host.Get<DataFolder>().TempFolder));
    }
}
