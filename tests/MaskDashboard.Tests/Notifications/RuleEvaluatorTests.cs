using MaskDashboard.Compliance;
using MaskDashboard.Notifications;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Accounts;

namespace MaskDashboard.Tests.Notifications;

public sealed class RuleEvaluatorTests
{
    [Theory]
    [InlineData(79, 21, true)]
    [InlineData(80, 20, false)] // on the limit is not below it
    [InlineData(0, 9, false)] // fewer than ten people raise no alarm
    [InlineData(0, 10, true)]
    [InlineData(0, 0, false)]
    public async Task EvaluateAsync_Compliance_TellsBelowTheLimitFromEnoughPeopleOn(int mask, int noMask, bool tells)
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync();
        await scene.SeeAsync(mask, noMask);

        Assert.Equal(tells ? 1 : 0, await scene.Evaluator.EvaluateAsync());

        Assert.Equal(tells, (await scene.RuleAsync()).IsTrue);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task EvaluateAsync_TooClose_TellsAboveTheLimit(int tooClose, bool tells)
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync(NotificationScene.Wording() with { Measure = NotificationMeasure.TooClose, LimitPercent = 50 });
        await scene.SeeAsync(10, 0, tooClose);

        Assert.Equal(tells ? 1 : 0, await scene.Evaluator.EvaluateAsync());
    }

    [Fact]
    public async Task EvaluateAsync_StaysTrue_TellsOnceAndAgainOnlyAfterItWasFalse()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync();
        await scene.SeeAsync(5, 5);
        Assert.Equal(1, await scene.Evaluator.EvaluateAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(0, await scene.Evaluator.EvaluateAsync());

        await scene.SeeAsync(90, 0);
        Assert.Equal(0, await scene.Evaluator.EvaluateAsync());
        Assert.False((await scene.RuleAsync()).IsTrue);
        await scene.SeeAsync(0, 90);

        Assert.Equal(1, await scene.Evaluator.EvaluateAsync());
        Assert.Equal(2, await scene.Queries.UnseenAsync(null));
    }

    [Fact]
    public async Task EvaluateAsync_TrueAgainWithinTheCoolDown_TellsWhenItIsOver()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync();
        await scene.SeeAsync(5, 5);
        await scene.Evaluator.EvaluateAsync();
        await scene.SeeAsync(90, 0);
        await scene.Evaluator.EvaluateAsync();
        await scene.SeeAsync(0, 90);

        scene.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await scene.Evaluator.EvaluateAsync());
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await scene.Evaluator.EvaluateAsync());
    }

    [Fact]
    public async Task EvaluateAsync_PhotographsLeaveThePeriod_RuleIsFalseAgain()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync();
        await scene.SeeAsync(5, 5);
        await scene.Evaluator.EvaluateAsync();

        scene.Clock.Advance(TimeSpan.FromHours(2));
        await scene.Evaluator.EvaluateAsync();

        Assert.False((await scene.RuleAsync()).IsTrue);
    }

    [Theory]
    [InlineData(1L, false)]
    [InlineData(2L, true)]
    [InlineData(null, true)]
    [InlineData(0L, false)]
    public async Task EvaluateAsync_Site_CountsItsPhotographsAlone(long? site, bool tells)
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync(NotificationScene.Wording(site: site));
        await scene.SeeAsync(10, 0, site: 1);
        await scene.SeeAsync(0, 20, site: 2);
        await scene.SeeAsync(10, 0, site: null);

        Assert.Equal(tells ? 1 : 0, await scene.Evaluator.EvaluateAsync());
        if (tells)
        {
            var told = (await scene.Queries.ListAsync(null)).Single().Notification;
            Assert.Equal(site == 2 ? "Hall" : null, told.SiteName);
            Assert.Equal(20, told.NoMask);
        }
    }

    [Fact]
    public async Task EvaluateAsync_Told_LeadsToThePhotographsBehindTheFigures()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync(NotificationScene.Wording(site: 2));
        await scene.SeeAsync(0, 20, site: 2);
        await scene.SeeAsync(0, 20, site: 1);
        await scene.Evaluator.EvaluateAsync();

        var told = (await scene.Queries.ListAsync(null)).Single().Notification;
        var filter = ImageFilter.Parse(new Uri("http://here" + WebhookBody.HistoryAddress(told)).Query);

        Assert.Equal(new PeriodFigures(1, new(0, 20, 0, 0), 20), await scene.Host.Get<ComplianceQueries>().FiguresAsync(filter, TimeZoneInfo.Utc));
    }

    [Fact]
    public async Task EvaluateAsync_PausedRule_IsSilentAndBeginsAnewWhenResumed()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync();
        await scene.SeeAsync(0, 20);
        await scene.Evaluator.EvaluateAsync();
        await scene.Rules.PauseAsync(1, paused: true, Actor.Program);
        Assert.Equal(0, await scene.Evaluator.EvaluateAsync());

        await scene.Rules.PauseAsync(1, paused: false, Actor.Program);

        Assert.Equal(1, await scene.Evaluator.EvaluateAsync());
    }

    [Fact]
    public async Task RuleWorker_AnalysisDone_LooksAfterAFewSeconds()
    {
        await using var scene = await NotificationScene.CreateAsync();
        using var worker = scene.RuleWorker();
        var told = new TaskCompletionSource();
        await worker.StartAsync(CancellationToken.None);
        await scene.Clock.TimerAsync(TimeSpan.Zero, TimeSpan.Zero);
        await scene.AddRuleAsync();
        await scene.SeeAsync(0, 20);
        scene.Events.Changed += () => told.TrySetResult();

        scene.Host.Get<AnalysisEvents>().Publish(new AnalysisEvent(1, 1, AnalysisState.Done));
        await scene.Clock.TimerAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));
        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        await told.Task;

        Assert.Equal(1, await scene.Queries.UnseenAsync(null));
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task MarkSeenAsync_OfOneViewer_LeavesItNewForOthers()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await scene.AddRuleAsync();
        await scene.AddRuleAsync();
        await scene.SeeAsync(0, 20);
        await scene.Evaluator.EvaluateAsync();

        await scene.Queries.MarkSeenAsync("7", 2, onlyThat: true);
        Assert.Equal((1, 2), (await scene.Queries.UnseenAsync("7"), await scene.Queries.UnseenAsync("8")));
        Assert.Equal([true, false], (await scene.Queries.ListAsync("7")).Select(row => row.Seen));
        await scene.Queries.MarkSeenAsync("7", 2);

        Assert.Equal((0, 2), (await scene.Queries.UnseenAsync("7"), await scene.Queries.UnseenAsync("8")));
    }
}
