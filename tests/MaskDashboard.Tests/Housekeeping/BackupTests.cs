using System.IO.Compression;
using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Deletion;
using MaskDashboard.Housekeeping;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Housekeeping;

public sealed class BackupTests : IDisposable
{
    private static readonly DateTime s_now = new(2026, 3, 1, 8, 30, 0, DateTimeKind.Utc);
    private readonly string _folder = Directory.CreateTempSubdirectory("mask-dashboard-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_WhileTheProgramWorks_HoldsTheStateOfOneMoment()
    {
        await using var host = await DashboardHost.CreateAsync();
        var image = await AcceptAsync(host, "two-too-close.jpg");
        await host.RunQueueAsync();
        var data = host.Get<DataFolder>();
        var before = RowHashes.Of(data.DatabasePath);

        // Nobody who writes waits for a backup: this upload is answered in the middle of it.
        var manifest = BackupWriter.Write(data.DatabasePath, data.OriginalsFolder, Archive, s_now, new Meanwhile(() => AcceptAsync(host, "one-bare.png").GetAwaiter().GetResult()));

        Assert.Equal((1, 1, s_now), (manifest.Images, manifest.Originals, manifest.TakenAtUtc));
        Assert.NotEqual(before, RowHashes.Of(data.DatabasePath));
        var unpacked = Path.Combine(_folder, "unpacked");
        Assert.Equal(manifest, BackupReader.Extract(Archive, unpacked));
        Assert.Equal(before, RowHashes.Of(Path.Combine(unpacked, "dashboard.db")));
        var hash = await HashAsync(host, image);
        Assert.Equal(await File.ReadAllBytesAsync(host.Get<OriginalStore>().PathOf(hash)), await File.ReadAllBytesAsync(Path.Combine(unpacked, "originals", hash[..2], hash)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Archive));
        }
    }

    [Fact]
    public async Task Write_ImageDeletedMeanwhile_DoesNotLiveOn()
    {
        await using var host = await DashboardHost.CreateAsync();
        var first = await AcceptAsync(host, "two-too-close.jpg");
        var second = await AcceptAsync(host, "one-bare.png");
        await host.RunQueueAsync();
        var hashes = new[] { await HashAsync(host, first), await HashAsync(host, second) }.Order(StringComparer.Ordinal).ToList();
        var doomed = await HashAsync(host, first) == hashes[1] ? first : second;
        var data = host.Get<DataFolder>();

        var manifest = BackupWriter.Write(
            data.DatabasePath, data.OriginalsFolder, Archive, s_now, new Meanwhile(() => host.Get<ImageDeletion>().DeleteAsync(ImageSelection.Of(doomed), Actor.Program).GetAwaiter().GetResult()));

        Assert.Equal((1, 1), (manifest.Images, manifest.Originals));
        using var zip = ZipFile.OpenRead(Archive);
        Assert.DoesNotContain(zip.Entries, entry => entry.Name == hashes[1]);
    }

    [Fact]
    public async Task Apply_AtTheNextStart_ReplacesTheDataAndKeepsWhatWasThere()
    {
        var data = Path.Combine(_folder, "data");
        IReadOnlyDictionary<string, string> before;
        await using (var host = await DashboardHost.CreateAsync(data))
        {
            await AcceptAsync(host, "two-too-close.jpg");
            await host.RunQueueAsync();
            before = RowHashes.Of(host.Get<DataFolder>().DatabasePath);
            var name = await host.Get<BackupStore>().TakeAsync(Actor.Program);
            await AcceptAsync(host, "one-bare.png");
            Assert.False(host.Get<StagedRestore>().IsWaiting);
            await host.Get<StagedRestore>().StageAsync(host.Get<BackupStore>().Find(name)!, Actor.Program);
            Assert.True(host.Get<StagedRestore>().IsWaiting);
            await File.WriteAllTextAsync(Path.Combine(host.Get<DataFolder>().KeysFolder, "key-of-before.xml"), "<key />");
        }

        await using var again = await DashboardHost.CreateAsync(data);

        Assert.False(again.Get<StagedRestore>().IsWaiting);
        Assert.False(File.Exists(Path.Combine(again.Get<DataFolder>().KeysFolder, "key-of-before.xml")));
        // The restoring itself is noted in the audit log, the rest is as it was.
        var after = RowHashes.Of(again.Get<DataFolder>().DatabasePath);
        Assert.Equal(before.Where(table => !IsNoted(table.Key)), after.Where(table => !IsNoted(table.Key)));
        Assert.Single(again.Get<OriginalStore>().All());
        var replaced = again.Get<BackupStore>().List()[0];
        Assert.StartsWith("before-restore-", replaced.Name, StringComparison.Ordinal);
        Assert.Equal(2, replaced.Manifest!.Images);
        await using var context = await again.OpenAsync();
        Assert.Contains(await context.AuditEntries.ToListAsync(), entry => entry.Action == AuditAction.Backup && entry.Details.Contains(replaced.Name, StringComparison.Ordinal));

        static bool IsNoted(string table) => table is "AuditEntries" or "__EFMigrationsLock";
    }

    [Fact]
    public async Task Discard_WaitingBackup_KeepsThePresentData()
    {
        await using var host = await DashboardHost.CreateAsync();
        var name = await host.Get<BackupStore>().TakeAsync(Actor.Program);
        await host.Get<StagedRestore>().StageAsync(host.Get<BackupStore>().Find(name)!, Actor.Program);

        await host.Get<StagedRestore>().DiscardAsync(Actor.Program);

        Assert.False(host.Get<StagedRestore>().IsWaiting);
        Assert.Null(host.Get<StagedRestore>().Apply());
    }

    [Fact]
    public async Task Stage_OfANewerProgram_IsRefused()
    {
        await using var host = await DashboardHost.CreateAsync();
        await using (var context = await host.OpenAsync())
        {
            await context.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Future', '99.0')");
        }

        var name = await host.Get<BackupStore>().TakeAsync(Actor.Program);
        var refused = await Assert.ThrowsAsync<BackupException>(() => host.Get<StagedRestore>().StageAsync(host.Get<BackupStore>().Find(name)!, Actor.Program));

        Assert.Contains("newer program", refused.Message, StringComparison.Ordinal);
        Assert.False(host.Get<StagedRestore>().IsWaiting);
    }

    [Fact]
    public async Task Extract_DamagedArchive_IsRefusedAndLeavesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        await AcceptAsync(host, "two-too-close.jpg");
        var data = host.Get<DataFolder>();
        BackupWriter.Write(data.DatabasePath, data.OriginalsFolder, Archive, s_now);
        using (var zip = ZipFile.Open(Archive, ZipArchiveMode.Update))
        {
            var original = zip.Entries.Single(entry => entry.FullName.StartsWith("originals/", StringComparison.Ordinal));
            var name = original.FullName;
            original.Delete();
            using var other = zip.CreateEntry(name).Open();
            other.Write("something else"u8);
        }

        var refused = Assert.Throws<BackupException>(() => BackupReader.Extract(Archive, Path.Combine(_folder, "unpacked")));

        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "unpacked")));
    }

    [Theory]
    [InlineData("manifest.json", "{\"format\":1,\"takenAtUtc\":\"2026-03-01T08:30:00Z\",\"programVersion\":\"1\",\"images\":1,\"originals\":1}", "../evil.txt")]
    [InlineData("readme.txt", "no backup", "dashboard.db")]
    public void Extract_OtherArchive_IsNoBackup(string entry, string text, string summed)
    {
        using (var zip = ZipFile.Open(Archive, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in new[] { (entry, text), ("../evil.txt", "evil"), ("SHA256SUMS", $"{new string('0', 64)}  {summed}\n") })
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        var refused = Assert.Throws<BackupException>(() => BackupReader.Extract(Archive, Path.Combine(_folder, "unpacked")));

        Assert.Contains("is no backup of MaskDashboard", refused.Message, StringComparison.Ordinal);
        Assert.Equal([Archive], Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task BringAsync_NoArchive_IsRefusedAndLeavesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();

        await Assert.ThrowsAsync<BackupException>(() => host.Get<BackupStore>().BringAsync(new MemoryStream([1, 2, 3]), Actor.Program));

        Assert.Empty(host.Get<BackupStore>().List());
        Assert.Empty(Directory.EnumerateFiles(host.Get<DataFolder>().TempFolder));
    }

    [Fact]
    public async Task Commands_BackupWhileItRunsThenRestoreElsewhere_BringTheStateThere()
    {
        IReadOnlyDictionary<string, string> before;
        await using (var host = await DashboardHost.CreateAsync())
        {
            await AcceptAsync(host, "two-too-close.jpg");
            await host.RunQueueAsync();
            before = RowHashes.Of(host.Get<DataFolder>().DatabasePath);
            Assert.Equal(0, await BackupCommands.RunAsync(["backup", Archive, "--Data:Folder", host.Folder]));
            await Assert.ThrowsAsync<StartupException>(() => BackupCommands.RunAsync(["restore", Archive, "--Data:Folder", host.Folder]));
        }

        var elsewhere = Path.Combine(_folder, "elsewhere");
        Assert.Equal(0, await BackupCommands.RunAsync(["restore", Archive, "--Data:Folder", elsewhere]));

        var after = RowHashes.Of(Path.Combine(elsewhere, "dashboard.db"));
        Assert.Equal(before["Faces"], after["Faces"]);
        Assert.Equal(before["Images"], after["Images"]);
        Assert.Equal(before["Thumbnails"], after["Thumbnails"]);
        Assert.Equal(2, await BackupCommands.RunAsync(["restore"]));
        Assert.Equal(1, await BackupCommands.RunAsync(["restore", Path.Combine(_folder, "none.zip"), "--Data:Folder", elsewhere]));
        Assert.Null(await BackupCommands.RunAsync(["--urls", "http://127.0.0.1:1"]));
    }

    private string Archive => Path.Combine(_folder, "backup.zip");

    private static async Task<long> AcceptAsync(DashboardHost host, string sample)
    {
        await using var file = DashboardHost.Sample(sample);
        return (await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(sample))).ImageId;
    }

    private static async Task<string> HashAsync(DashboardHost host, long imageId)
    {
        await using var context = await host.OpenAsync();
        return await context.Images.Where(image => image.Id == imageId).Select(image => image.Sha256).SingleAsync();
    }

    /// <summary>Does something once, after the first file.</summary>
    private sealed class Meanwhile(Action act) : IProgress<BackupProgress>
    {
        private bool _done;

        public void Report(BackupProgress value)
        {
            if (!_done)
            {
                _done = true;
                act();
            }
        }
    }
}
