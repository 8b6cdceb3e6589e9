using MaskDashboard.Accounts;
using MaskDashboard.Components.Uploading;
using MaskDashboard.Endpoints;
using MaskDashboard.Privacy;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using Microsoft.EntityFrameworkCore;
using OpenCvSharp;
using static MaskDashboard.Tests.Privacy.SharpOrBlurred;

namespace MaskDashboard.Tests.Privacy;

public sealed class FaceBlurringTests
{
    [Fact]
    public async Task Always_Upload_IsAnalysedSharpAndWrittenBlurred()
    {
        await using var sharp = await DashboardHost.CreateAsync();
        await AcceptAsync(sharp);
        await sharp.RunQueueAsync();
        await using var host = await DashboardHost.CreateAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);

        var accepted = await host.WithWorkersAsync(() => AcceptAsync(host));

        await using var context = await host.OpenAsync();
        var analysis = await context.Analyses.Include(stored => stored.Image).Include(stored => stored.Faces).Include(stored => stored.Pairs).SingleAsync();
        Assert.Equal((accepted.AnalysisId, AnalysisState.Done, true, 1), (analysis.Id, analysis.State, analysis.Image!.FacesBlurred, analysis.Attempts));
        await using var sharpContext = await sharp.OpenAsync();
        var same = await sharpContext.Analyses.Include(stored => stored.Faces).SingleAsync();
        Assert.Equal((same.MaskCount, same.NoMaskCount, same.TooCloseCount), (analysis.MaskCount, analysis.NoMaskCount, analysis.TooCloseCount));
        Assert.Equal(same.Faces.Select(face => face.MaskProbability), analysis.Faces.Select(face => face.MaskProbability));
        Assert.Equal(same.SiteId, analysis.SiteId);
        Assert.InRange(await DetailLeftAsync(host, analysis), 0, 0.05);
        Assert.NotEqual(await sharpContext.Thumbnails.Select(thumbnail => thumbnail.Bytes).SingleAsync(), await context.Thumbnails.Select(thumbnail => thumbnail.Bytes).SingleAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(host.Folder, "temp")));
        // The same bytes again are known by their hash, although they are stored nowhere.
        Assert.True((await AcceptAsync(host)).Duplicate);
    }

    [Fact]
    public async Task Always_BadUpload_IsRefusedAndLeavesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);
        var cut = (await File.ReadAllBytesAsync(Path.Combine(DashboardHost.Root, "wwwroot", "samples", Sample)))[..20_000];

        await host.WithWorkersAsync(() => Assert.ThrowsAsync<ImageRejectedException>(() => host.Get<ImageIntake>().AcceptAsync(new MemoryStream(cut), new IntakeRequest("cut.jpg"))));

        await using var context = await host.OpenAsync();
        Assert.Equal(0, await context.Images.CountAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(host.Folder, "originals"), "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(host.Folder, "temp")));
    }

    [Fact]
    public async Task Always_StoredBefore_IsBlurredWithEveryCandidateAndItsThumbnail()
    {
        await using var host = await AnalysedAsync();
        await using var context = await host.OpenAsync();
        var analysis = await context.Analyses.Include(stored => stored.Image).Include(stored => stored.Faces).SingleAsync();
        var thumbnail = await context.Thumbnails.Select(stored => stored.Bytes).SingleAsync();
        var blurring = host.Get<FaceBlurring>();
        Assert.InRange(await DetailLeftAsync(host, analysis), 0.9, 1.1);
        Assert.Equal((0, 1), (await blurring.CountAsync(FaceBlurMode.Reviewed), await blurring.CountAsync(FaceBlurMode.Always)));
        var address = await ThumbnailAddressAsync();
        using (await host.Get<DecodedPhotographs>().OpenAsync(analysis.Image!.Sha256))
        {
            await blurring.SaveAsync(FaceBlurMode.Always, Actor.Program);
            Assert.Equal(1, await blurring.ApplyAsync());
        }

        Assert.Equal(0, await blurring.ApplyAsync());
        Assert.True(await context.Images.Select(image => image.FacesBlurred).SingleAsync());
        Assert.InRange(await DetailLeftAsync(host, analysis), 0, 0.05);
        Assert.NotEqual(thumbnail, await context.Thumbnails.Select(stored => stored.Bytes).SingleAsync());
        // An upload page that stays open does not ask again for an address it has.
        Assert.NotEqual(address, await ThumbnailAddressAsync());
        // What was decoded before is not shown any more.
        using var shown = await host.Get<DecodedPhotographs>().OpenAsync(analysis.Image.Sha256);
        Assert.InRange(Detail(shown.Image.Bgr, analysis) / Detail(await OriginalAsync(), analysis), 0, 0.05);
        Assert.Contains("Faces of 1 stored photographs blurred", await context.AuditEntries.Select(entry => entry.Details).ToListAsync());

        async Task<string> ThumbnailAddressAsync() => Assert.Single(await host.Get<UploadNews>().OfAsync([analysis.Id], CancellationToken.None)).ThumbnailAddress;
    }

    [Theory]
    [InlineData(AnalysisState.Failed)]
    [InlineData(AnalysisState.Cancelled)]
    public async Task Always_NoResult_FacesAreLookedForAndBlurred(AnalysisState state)
    {
        await using var analysed = await AnalysedAsync();
        await using var host = await DashboardHost.CreateAsync();
        await AcceptAsync(host);
        await using var context = await host.OpenAsync();
        await context.Analyses.ExecuteUpdateAsync(update => update.SetProperty(analysis => analysis.State, state));
        var blurring = host.Get<FaceBlurring>();
        Assert.Equal((0, 1), (await blurring.CountAsync(FaceBlurMode.Reviewed), await blurring.CountAsync(FaceBlurMode.Always)));
        await blurring.SaveAsync(FaceBlurMode.Always, Actor.Program);

        Assert.Equal(1, await host.WithWorkersAsync(() => blurring.ApplyAsync()));

        await using var results = await analysed.OpenAsync();
        Assert.InRange(await DetailLeftAsync(host, await results.Analyses.Include(analysis => analysis.Image).Include(analysis => analysis.Faces).SingleAsync()), 0, 0.1);
        Assert.True(await context.Images.Select(image => image.FacesBlurred).SingleAsync());
    }

    [Fact]
    public async Task Always_FailedAfterFacesWereStored_IsBlurredWithItsThumbnail()
    {
        await using var host = await AnalysedAsync();
        await using var context = await host.OpenAsync();
        await context.Analyses.ExecuteUpdateAsync(update => update.SetProperty(stored => stored.State, AnalysisState.Failed));
        var analysis = await context.Analyses.Include(stored => stored.Image).Include(stored => stored.Faces).SingleAsync();
        var thumbnail = await context.Thumbnails.Select(stored => stored.Bytes).SingleAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);

        Assert.Equal(1, await host.WithWorkersAsync(() => host.Get<FaceBlurring>().ApplyAsync()));

        Assert.InRange(await DetailLeftAsync(host, analysis), 0, 0.05);
        Assert.NotEqual(thumbnail, await context.Thumbnails.Select(stored => stored.Bytes).SingleAsync());
        Assert.True(await context.Images.Select(image => image.FacesBlurred).SingleAsync());
    }

    [Fact]
    public async Task Always_OneFileIsDamaged_TheOthersAreBlurredAndItIsSaid()
    {
        await using var host = await AnalysedAsync();
        await using (var other = DashboardHost.Sample("three-one-bare.jpg"))
        {
            await host.Get<ImageIntake>().AcceptAsync(other, new IntakeRequest("three-one-bare.jpg"));
        }

        await host.RunQueueAsync();
        await using var context = await host.OpenAsync();
        var first = await context.Images.OrderBy(image => image.Id).FirstAsync();
        await File.WriteAllTextAsync(host.Get<OriginalStore>().PathOf(first.Sha256), "not a photograph");
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);

        await Assert.ThrowsAsync<ImageRejectedException>(() => host.Get<FaceBlurring>().ApplyAsync());

        Assert.Equal([false, true], await context.Images.OrderBy(image => image.Id).Select(image => image.FacesBlurred).ToListAsync());
    }

    [Fact]
    public async Task Reviewed_UntilThen_StaysSharp()
    {
        await using var host = await AnalysedAsync();
        var blurring = host.Get<FaceBlurring>();
        await blurring.SaveAsync(FaceBlurMode.Reviewed, Actor.Program);
        Assert.Equal(0, await blurring.ApplyAsync());

        await host.Get<ReviewMarks>().MarkAsync(1, Actor.Program);

        Assert.Equal(0, await blurring.ApplyAsync([7]));
        Assert.Equal(1, await blurring.ApplyAsync([1, 7]));
        await blurring.SaveAsync(FaceBlurMode.Off, Actor.Program);
        await using var context = await host.OpenAsync();
        Assert.True(await context.Images.Select(image => image.FacesBlurred).SingleAsync());
    }

    [Fact]
    public async Task Worker_Reviewed_BlursItByItself()
    {
        await using var host = await AnalysedAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Reviewed, Actor.Program);
        var blurred = new TaskCompletionSource();
        var worker = host.Get<FaceBlurWorker>();
        await worker.StartAsync(CancellationToken.None);
        await host.Get<ReviewMarks>().MarkAsync(1, Actor.Program);
        worker.Wake();
        using var news = host.Get<AnalysisEvents>().Subscribe(_ => blurred.TrySetResult());
        await using var context = await host.OpenAsync();
        if (!await context.Images.Select(image => image.FacesBlurred).SingleAsync())
        {
            await blurred.Task;
        }

        Assert.True(await context.Images.Select(image => image.FacesBlurred).SingleAsync());
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Always_ThumbnailThatOutlivedItsOriginal_IsBlurred()
    {
        await using var host = await AnalysedAsync();
        await using var context = await host.OpenAsync();
        await context.Images.ExecuteUpdateAsync(update => update.SetProperty(image => image.HasOriginal, false));
        var thumbnail = await context.Thumbnails.Select(stored => stored.Bytes).SingleAsync();
        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);

        Assert.Equal(1, await host.Get<FaceBlurring>().ApplyAsync());

        Assert.Equal(0, await host.Get<FaceBlurring>().ApplyAsync());
        using var before = Cv2.ImDecode(thumbnail, ImreadModes.Color);
        using var after = Cv2.ImDecode(await context.Thumbnails.Select(stored => stored.Bytes).SingleAsync(), ImreadModes.Color);
        var face = (await context.Faces.OrderBy(stored => stored.Index).FirstAsync()).Box;
        var scale = (float)before.Width / await context.Images.Select(image => image.Width).SingleAsync();
        var small = new Rect((int)(face.X * scale), (int)(face.Y * scale), (int)(face.Width * scale), (int)(face.Height * scale));
        Assert.InRange(Detail(after, small) / Detail(before, small), 0, 0.3);
    }

    [Fact]
    public async Task SaveAsync_ByAReviewer_IsDenied()
    {
        await using var host = await DashboardHost.CreateAsync();
        await Assert.ThrowsAsync<AccessDeniedException>(() => host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, new Actor("7", "lee", null, AccountRole.Reviewer)));
    }
}
