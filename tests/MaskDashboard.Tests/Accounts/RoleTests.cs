using MaskDashboard.Accounts;
using MaskDashboard.Analysis;
using MaskDashboard.Compliance;
using MaskDashboard.Deletion;
using MaskDashboard.Housekeeping;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Tuning;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Accounts;

/// <summary>Services check the role themselves: a page may be stale, or not be theirs.</summary>
public sealed class RoleTests
{
    [Fact]
    public async Task Services_ActorBelowTheirRole_DoNothing()
    {
        await using var host = await DashboardHost.CreateAsync();
        var before = host.Get<SettingsStore>().Current.VersionId;
        foreach (var (role, call) in Calls(host))
        {
            var below = new Actor("kim", "kim", "192.0.2.7", role - 1);
            var denied = await Assert.ThrowsAsync<AccessDeniedException>(() => call(below));
            Assert.Equal(role, denied.Needed);
        }

        Assert.Equal(before, host.Get<SettingsStore>().Current.VersionId);
        await using var context = await host.OpenAsync();
        Assert.DoesNotContain(context.AuditEntries, entry => entry.UserName == "kim");
    }

    private static IEnumerable<(AccountRole Role, Func<Actor, Task> Call)> Calls(DashboardHost host) =>
    [
        (AccountRole.Reviewer, by => host.Get<ImageIntake>().AcceptAsync(new MemoryStream([1]), new IntakeRequest("a.jpg", By: by))),
        (AccountRole.Reviewer, by => host.Get<FaceCorrections>().CorrectAsync(1, [], by)),
        (AccountRole.Reviewer, by => host.Get<FaceCorrections>().UndoAsync(1, by)),
        (AccountRole.Reviewer, by => host.Get<DrawnFaces>().DrawAsync(1, new BoundingBox(0, 0, 20, 20), by)),
        (AccountRole.Reviewer, by => host.Get<ReviewMarks>().MarkAsync(1, by)),
        (AccountRole.Reviewer, by => host.Get<ReviewMarks>().UnmarkAsync(1, by)),
        (AccountRole.Reviewer, by => host.Get<ReviewMarks>().MarkConfidentAsync(new ImageFilter(), TimeZoneInfo.Utc, by)),
        (AccountRole.Reviewer, by => host.Get<ReviewMarks>().UnmarkTogetherAsync(new MarkedTogether(1, DateTime.UtcNow), by)),
        (AccountRole.Reviewer, by => host.Get<CurrentResult>().ChooseAsync(1, by)),
        (AccountRole.Administrator, by => host.Get<ImageDeletion>().DeleteAsync(ImageSelection.Of(1), by)),
        (AccountRole.Administrator, by => host.Get<SettingsStore>().SaveAsync(new AnalysisSettings(), null, null, "because", by)),
        (AccountRole.Administrator, by => host.Get<HistoryJobs>().StartAsync(by)),
        (AccountRole.Administrator, by => host.Get<HistoryJobs>().CancelAsync(1, by)),
        (AccountRole.Administrator, by => host.Get<HistoryJobs>().RollBackAsync(1, by)),
        (AccountRole.Administrator, by => host.Get<BackupStore>().TakeAsync(by)),
        (AccountRole.Administrator, by => host.Get<BackupStore>().BringAsync(new MemoryStream([1]), by)),
        (AccountRole.Administrator, by => host.Get<BackupStore>().DeleteAsync("a.zip", by)),
        (AccountRole.Administrator, by => host.Get<StagedRestore>().StageAsync("a.zip", by)),
        (AccountRole.Administrator, by => host.Get<StagedRestore>().DiscardAsync(by)),
        (AccountRole.Administrator, by => host.Get<Retention>().SaveAsync(new RetentionRules(), by)),
    ];
}
