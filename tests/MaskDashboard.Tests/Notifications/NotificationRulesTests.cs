using MaskDashboard.Accounts;
using MaskDashboard.Notifications;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Notifications;

public sealed class NotificationRulesTests
{
    [Fact]
    public async Task SaveAsync_WithWebhook_ReturnsTheSecretOnceAndStoresItProtected()
    {
        await using var scene = await NotificationScene.CreateAsync();

        var secret = await scene.AddRuleAsync(NotificationScene.Wording("https://example.com/hook?key=hidden"));

        Assert.StartsWith("mdw_", secret, StringComparison.Ordinal);
        Assert.Null(await scene.Rules.SaveAsync(1, NotificationScene.Wording("https://example.com/other"), Actor.Program));
        var rule = await scene.RuleAsync();
        Assert.Equal(-1, rule.ProtectedSecret.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret!)));
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(secret!), scene.Host.Get<WebhookSignature>().Read(rule));
        Assert.NotEqual(secret, await scene.Rules.NewSecretAsync(1, Actor.Program));
    }

    [Theory]
    [InlineData("", 80, 2, 10, null, RuleProblem.BadName)]
    [InlineData("two\nlines", 80, 2, 10, null, RuleProblem.BadName)]
    [InlineData("a", 101, 2, 10, null, RuleProblem.OutOfBounds)]
    [InlineData("a", 80, 0, 10, null, RuleProblem.OutOfBounds)]
    [InlineData("a", 80, 721, 10, null, RuleProblem.OutOfBounds)]
    [InlineData("a", 80, 2, 0, null, RuleProblem.OutOfBounds)]
    [InlineData("a", 80, 2, 10, "ftp://example.com", RuleProblem.BadAddress)]
    [InlineData("a", 80, 2, 10, "file:///etc/passwd", RuleProblem.BadAddress)]
    [InlineData("a", 80, 2, 10, "https://me:word@example.com", RuleProblem.BadAddress)]
    [InlineData("a", 80, 2, 10, "/hook", RuleProblem.BadAddress)]
    public async Task SaveAsync_BadWording_IsRefused(string name, int limit, int hours, int people, string? webhook, RuleProblem problem)
    {
        await using var scene = await NotificationScene.CreateAsync();

        var refused = await Assert.ThrowsAsync<RuleException>(() => scene.AddRuleAsync(new RuleWording(name, NotificationMeasure.Compliance, limit, hours, null, people, webhook)));

        Assert.Equal(problem, refused.Problem);
        Assert.Empty(await scene.Queries.RulesAsync());
    }

    [Fact]
    public async Task Changes_All_AreInTheAuditLogWithoutAddressAndSecret()
    {
        await using var scene = await NotificationScene.CreateAsync();
        var kim = new Actor("7", "kim", null, AccountRole.Administrator);
        await scene.Rules.SaveAsync(null, NotificationScene.Wording("https://example.com/hook?key=hidden", site: 1), kim);
        await scene.Rules.SaveAsync(1, NotificationScene.Wording(), kim);
        await scene.Rules.PauseAsync(1, paused: true, kim);
        await scene.Rules.PauseAsync(1, paused: false, kim);
        await scene.Rules.DeleteAsync(1, kim);

        await using var context = await scene.Host.OpenAsync();
        Assert.Equal(
            [
                "Notification rule 1 made: compliance below 80 % over 2 hours, site 1, 10 people at the least, posted to example.com",
                "Notification rule 1 changed: compliance below 80 % over 2 hours, all sites, 10 people at the least, shown in the page",
                "Notification rule 1 paused",
                "Notification rule 1 resumed",
                "Notification rule 1 deleted",
            ],
            await context.AuditEntries.Where(entry => entry.Action == AuditAction.Administration && entry.UserName == "kim").OrderBy(entry => entry.Id).Select(entry => entry.Details).ToListAsync());
    }

    [Fact]
    public async Task Changes_ByAReviewer_AreDenied()
    {
        await using var scene = await NotificationScene.CreateAsync();
        var lee = new Actor("8", "lee", null, AccountRole.Reviewer);
        await scene.AddRuleAsync(NotificationScene.Wording("https://example.com"));

        await Assert.ThrowsAsync<AccessDeniedException>(() => scene.Rules.SaveAsync(null, NotificationScene.Wording(), lee));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scene.Rules.PauseAsync(1, true, lee));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scene.Rules.SendTestAsync(1, lee));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scene.Rules.NewSecretAsync(1, lee));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scene.Rules.DeleteAsync(1, lee));
    }

    [Fact]
    public async Task DeleteAsync_ThatTold_LeavesWhatItTold()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync(NotificationScene.Wording("https://example.com"));
        await scene.SeeAsync(0, 20);
        await scene.Evaluator.EvaluateAsync();

        await scene.Rules.DeleteAsync(1, Actor.Program);

        Assert.Null((await scene.Queries.ListAsync(null)).Single().Notification.RuleId);
        await using var context = await scene.Host.OpenAsync();
        Assert.Equal(0, await context.WebhookDeliveries.CountAsync());
    }
}
