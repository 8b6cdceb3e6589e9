using MaskDashboard.Endpoints;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MaskDashboard.Tests.Endpoints;

public sealed class DecodedPhotographsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ViewingOptions _options = new();

    [Fact]
    public async Task OpenAsync_ManyAtOnce_ShareOneDecoding()
    {
        await using var host = await DashboardHost.CreateAsync();
        var hash = await StoreAsync(host, "group.jpg");
        using var photographs = Photographs(host);

        var leases = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => photographs.OpenAsync(hash)));

        Assert.Single(leases.Select(lease => lease.Image).Distinct());
        Assert.Equal((1600, 900), (leases[0].Image.Width, leases[0].Image.Height));
        Array.ForEach(leases, lease => lease.Dispose());
    }

    [Fact]
    public async Task Dispose_OfTheLastReader_KeepsThePixelsForAWhileOnly()
    {
        await using var host = await DashboardHost.CreateAsync();
        var hash = await StoreAsync(host, "two-too-close.jpg");
        using var photographs = Photographs(host);
        var first = await photographs.OpenAsync(hash);
        var pixels = first.Image;

        first.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(_options.KeepSeconds - 1));
        var second = await photographs.OpenAsync(hash);
        Assert.Same(pixels, second.Image);

        // In use it stays for as long as it takes, whatever the clock says.
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(second.Image.Bgr.IsDisposed);
        second.Dispose();
        second.Dispose();
        Assert.Equal(1, photographs.Count);
        _clock.Advance(TimeSpan.FromSeconds(_options.KeepSeconds));
        Assert.Equal(0, photographs.Count);
        Assert.True(pixels.Bgr.IsDisposed);
    }

    [Fact]
    public async Task Dispose_OfMoreThanAreKept_ForgetsTheOldest()
    {
        await using var host = await DashboardHost.CreateAsync();
        var hashes = new[] { await StoreAsync(host, "one-bare.png"), await StoreAsync(host, "two-too-close.jpg"), await StoreAsync(host, "empty-room.webp") };
        using var photographs = Photographs(host);

        var pixels = new List<DecodedPhotographs.Lease>();
        foreach (var hash in hashes)
        {
            var lease = await photographs.OpenAsync(hash);
            lease.Dispose();
            pixels.Add(lease);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([true, false, false], pixels.ConvertAll(lease => lease.Image.Bgr.IsDisposed));
    }

    [Fact]
    public async Task OpenAsync_FileGone_FailsAndTriesAgainTheNextTime()
    {
        await using var host = await DashboardHost.CreateAsync();
        var hash = await StoreAsync(host, "one-bare.png");
        var path = host.Get<OriginalStore>().PathOf(hash);
        var file = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        using var photographs = Photographs(host);

        await Assert.ThrowsAsync<FileNotFoundException>(() => photographs.OpenAsync(hash));

        await File.WriteAllBytesAsync(path, file);
        using var lease = await photographs.OpenAsync(hash);
        Assert.Equal(480, lease.Image.Width);
    }

    [Fact]
    public async Task OpenAsync_OneReaderGoesAway_OthersGetThePixels()
    {
        await using var host = await DashboardHost.CreateAsync();
        var hash = await StoreAsync(host, "group.jpg");
        using var photographs = Photographs(host);
        using var gone = new CancellationTokenSource();

        var first = photographs.OpenAsync(hash, gone.Token);
        var second = photographs.OpenAsync(hash);
        await gone.CancelAsync();

        using var lease = await second;
        Assert.Equal(1600, lease.Image.Width);
        // The pixels may have come before the reader went.
        if (await Record.ExceptionAsync(() => first) is { } left)
        {
            Assert.IsAssignableFrom<OperationCanceledException>(left);
        }
        else
        {
            (await first).Dispose();
        }
    }

    private static async Task<string> StoreAsync(DashboardHost host, string sample)
    {
        await using var file = DashboardHost.Sample(sample);
        var stored = await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(sample));
        await using var context = await host.OpenAsync();
        return await context.Images.Where(image => image.Id == stored.ImageId).Select(image => image.Sha256).SingleAsync();
    }

    private DecodedPhotographs Photographs(DashboardHost host) => new(host.Get<OriginalStore>(), host.Get<VisionRuntime>(), Options.Create(_options), _clock);
}
