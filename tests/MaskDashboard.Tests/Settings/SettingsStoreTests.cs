using System.ComponentModel.DataAnnotations;
using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Settings;

public sealed class SettingsStoreTests
{
    private static readonly Actor _admin = new("ann", "ann@example.org", "127.0.0.1", AccountRole.Administrator);

    [Fact]
    public async Task AppSettings_OfTheRepository_StateTheDefaults()
    {
        await using var host = await DashboardHost.CreateAsync();

        // The command line has no appsettings.json: both have to judge alike.
        Assert.Equal(new AnalysisSettings(), host.Get<SettingsStore>().Current.Settings);
    }

    [Fact]
    public async Task SaveAsync_NewValues_MakesAVersionThatSaysWhoWhyAndWhat()
    {
        await using var host = await DashboardHost.CreateAsync();
        var store = host.Get<SettingsStore>();
        var first = store.Current;

        var saved = await store.SaveAsync(first.Settings with { MinDistancePixelsTopLeft = 150 }, null, first.VersionId, "  More room ", _admin);

        Assert.Same(saved, store.Current);
        var versions = await host.Get<SettingsVersionQueries>().ListAsync();
        Assert.Equal((saved.VersionId, "More room", first.VersionId), (versions[0].Version.VersionId, versions[0].Reason, versions[0].ReplacesId));
        Assert.Equal(("MIN_DISTANCE, top-left corners", "130 px", "150 px"), (versions[0].Changes[0].Label, versions[0].Changes[0].Old, versions[0].Changes[0].New));
        Assert.Equal(first.Settings, versions[1].Version.Settings);
        await using var context = await host.OpenAsync();
        var audit = await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.Settings);
        Assert.Equal(("ann@example.org", $"Settings version {saved.VersionId} (More room): MIN_DISTANCE, top-left corners 130 px -> 150 px"), (audit.UserName, audit.Details));
    }

    [Fact]
    public async Task SaveAsync_SomebodyElseSavedMeanwhile_IsRefusedAndLeavesNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        var store = host.Get<SettingsStore>();
        var old = store.Current;
        await store.SaveAsync(old.Settings with { MinDistanceMetres = 2 }, null, old.VersionId, "First", _admin);

        await Assert.ThrowsAsync<SettingsChangedException>(() => store.SaveAsync(old.Settings with { MinDistanceMetres = 3 }, null, old.VersionId, "Second", _admin));

        Assert.Equal(2, store.Current.Settings.MinDistanceMetres);
        Assert.Equal(2, (await host.Get<SettingsVersionQueries>().ListAsync()).Count);
    }

    [Fact]
    public async Task SaveAsync_OutOfBoundsOrWithoutReason_IsRefused()
    {
        await using var host = await DashboardHost.CreateAsync();
        var store = host.Get<SettingsStore>();
        var settings = store.Current.Settings;

        await Assert.ThrowsAsync<ValidationException>(() => store.SaveAsync(settings with { MinDistanceMetres = 21 }, null, null, "x", _admin));
        await Assert.ThrowsAsync<ValidationException>(() => store.SaveAsync(settings, new Dictionary<long, double> { [1] = 9 }, null, "x", _admin));
        await Assert.ThrowsAsync<ValidationException>(() => store.SaveAsync(settings, null, null, "   ", _admin));
        await Assert.ThrowsAsync<ValidationException>(() => store.SaveAsync(settings, null, null, new string('x', 501), _admin));
        Assert.Single(await host.Get<SettingsVersionQueries>().ListAsync());
    }

    [Fact]
    public async Task SaveAsync_FieldOfViewOfASite_BelongsToItsVersion()
    {
        var folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;
        try
        {
            long first, second, site;
            await using (var host = await DashboardHost.CreateAsync(folder))
            {
                site = await host.Get<DatabaseWriter>().WriteAsync(async (context, token) =>
                {
                    var gate = new Site { Name = "Gate" };
                    context.Add(gate);
                    await context.SaveChangesAsync(token);
                    return gate.Id;
                });
                var store = host.Get<SettingsStore>();
                first = store.Current.VersionId;
                second = (await store.SaveAsync(store.Current.Settings, new Dictionary<long, double> { [site] = 90 }, first, "Wide lens", _admin)).VersionId;
            }

            await using var again = await DashboardHost.CreateAsync(folder);
            Assert.Equal((second, 90.0), (again.Get<SettingsStore>().Current.VersionId, again.Get<SettingsStore>().Current.FieldOfViewDegrees(site)));
            Assert.Null((await again.Get<SettingsStore>().GetVersionAsync(first)).FieldOfViewDegrees(site));
            Assert.Null((await again.Get<SettingsStore>().GetVersionAsync(second)).FieldOfViewDegrees(null));
            await using var context = await again.OpenAsync();
            Assert.Equal(90, (await context.Sites.SingleAsync()).FieldOfViewDegrees);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task RunQueue_SettingsSavedWhileItWaits_EveryResultNamesTheVersionItWasJudgedUnder()
    {
        await using var host = await DashboardHost.CreateAsync();
        var store = host.Get<SettingsStore>();
        var before = await AcceptAsync(host, "group.jpg");
        var saved = await store.SaveAsync(store.Current.Settings with { MinDistancePixelsTopLeft = 10_000 }, "Everybody is too close", null);
        var after = await AcceptAsync(host, "two-masked-apart.jpg");

        await host.RunQueueAsync();

        foreach (var (image, version) in new[] { (before, saved.VersionId - 1), (after, saved.VersionId) })
        {
            var result = (await host.Get<ResultQueries>().FindAsync(image.ImageId))!;
            Assert.Equal((AnalysisState.Done, version), (result.Analysis.State, result.Analysis.SettingsVersionId));
            Assert.Equal(await store.GetAsync(version), result.Settings);
            var minDistance = result.Settings.MinDistancePixelsTopLeft;
            Assert.All(result.Analysis.Faces.Where(face => face.Counted), face => Assert.Equal(face.NearestPixelsTopLeft < minDistance, face.TooClose));
        }
    }

    private static async Task<IntakeResult> AcceptAsync(DashboardHost host, string sample)
    {
        await using var file = DashboardHost.Sample(sample);
        return await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(sample));
    }
}
