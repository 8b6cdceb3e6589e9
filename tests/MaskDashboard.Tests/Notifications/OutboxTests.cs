using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaskDashboard.Accounts;
using MaskDashboard.Notifications;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Http;

namespace MaskDashboard.Tests.Notifications;

public sealed class OutboxTests
{
    [Fact]
    public async Task SendDueAsync_RuleTold_PostsOnceWithASignatureThatTheSecretVerifies()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await NotificationScene.CreateAsync();
        var secret = await ToldAsync(scene, receiver);

        Assert.Null(await scene.Outbox.SendDueAsync());
        scene.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await scene.Outbox.SendDueAsync());

        var post = Assert.Single(receiver.Posts);
        var delivery = await scene.DeliveryAsync();
        Assert.Equal((DeliveryState.Delivered, 204, 1), (delivery.State, delivery.Status, delivery.Attempts));
        Assert.Equal(delivery.DeliveryId, post.Headers["X-MaskDashboard-Delivery"]);
        Assert.Equal("rule.true", post.Headers["X-MaskDashboard-Event"]);
        // As README.md tells receivers to.
        var signed = post.Headers["X-MaskDashboard-Timestamp"] + "." + post.Body;
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed))), post.Headers["X-MaskDashboard-Signature"]);
        using var body = JsonDocument.Parse(post.Body);
        Assert.Equal("Masks", body.RootElement.GetProperty("rule").GetProperty("name").GetString());
        Assert.Equal("Gate", body.RootElement.GetProperty("site").GetProperty("name").GetString());
        Assert.Equal((0.25, 20), (body.RootElement.GetProperty("figures").GetProperty("share").GetDouble(), body.RootElement.GetProperty("figures").GetProperty("people").GetInt32()));
        Assert.Equal("/history?since=2026-03-04T10:15Z&until=2026-03-04T12:15Z&site=1", Uri.UnescapeDataString(body.RootElement.GetProperty("history").GetString()!));
        Assert.Equal(new DateTime(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc), body.RootElement.GetProperty("atUtc").GetDateTime().ToUniversalTime());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task SendDueAsync_ReceiverInTrouble_TriesAgainLaterUnderTheSameNumberAndGivesUp(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerStatus(status);
        await using var scene = await NotificationScene.CreateAsync();
        await ToldAsync(scene, receiver);

        var next = (await scene.Outbox.SendDueAsync())!.Value;
        Assert.InRange((next - scene.Clock.GetUtcNow().UtcDateTime).TotalSeconds, 24, 36);
        await scene.Outbox.SendDueAsync();
        Assert.Single(receiver.Posts);
        scene.Clock.SetUtcNow(next);
        next = (await scene.Outbox.SendDueAsync())!.Value;
        Assert.InRange((next - scene.Clock.GetUtcNow().UtcDateTime).TotalSeconds, 48, 72);
        scene.Clock.SetUtcNow(next);
        Assert.Null(await scene.Outbox.SendDueAsync());

        Assert.Equal(3, receiver.Posts.Count);
        Assert.Single(receiver.Posts.Select(post => post.Headers["X-MaskDashboard-Delivery"]).Distinct());
        var delivery = await scene.DeliveryAsync();
        Assert.Equal((DeliveryState.Failed, DeliveryProblem.Status, status), (delivery.State, delivery.Problem, delivery.Status));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(410)]
    public async Task SendDueAsync_RedirectOrRefusal_IsNotFollowedAndNotTriedAgain(int status)
    {
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Address;
            return Task.CompletedTask;
        };
        await using var scene = await NotificationScene.CreateAsync();
        await ToldAsync(scene, receiver);

        Assert.Null(await scene.Outbox.SendDueAsync());

        Assert.Empty(elsewhere.Posts);
        Assert.Equal((DeliveryState.Failed, status), ((await scene.DeliveryAsync()).State, (await scene.DeliveryAsync()).Status));
    }

    [Fact]
    public async Task SendDueAsync_NoAnswer_EndsWithTheTimeLimit()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await NotificationScene.CreateAsync();
        var arrived = new TaskCompletionSource();
        receiver.Answer = async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await ToldAsync(scene, receiver);

        var sending = scene.Outbox.SendDueAsync();
        await arrived.Task;
        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        await sending;

        Assert.Equal((DeliveryState.Pending, DeliveryProblem.Timeout), ((await scene.DeliveryAsync()).State, (await scene.DeliveryAsync()).Problem));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task SendDueAsync_LoopbackWithoutTheSetting_IsNotConnectedTo(string host)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await NotificationScene.CreateAsync(allowPrivate: false);
        await scene.AddRuleAsync(NotificationScene.Wording(new UriBuilder(receiver.Address) { Host = host }.Uri.AbsoluteUri));
        await scene.Rules.SendTestAsync(1, Actor.Program);

        await scene.Outbox.SendDueAsync();

        Assert.Empty(receiver.Posts);
        Assert.Equal((DeliveryState.Failed, DeliveryProblem.PrivateAddress), ((await scene.DeliveryAsync()).State, (await scene.DeliveryAsync()).Problem));
    }

    [Fact]
    public async Task SendDueAsync_NobodyListens_SaysSoAndTriesAgain()
    {
        await using var scene = await NotificationScene.CreateAsync();
        await using (var receiver = await Receiver.StartAsync())
        {
            await ToldAsync(scene, receiver);
        }

        Assert.NotNull(await scene.Outbox.SendDueAsync());

        Assert.Equal(DeliveryProblem.Unreachable, (await scene.DeliveryAsync()).Problem);
    }

    [Fact]
    public async Task SendDueAsync_AfterARestartInTheMiddleOfAnAttempt_SendsItUnderTheSameNumber()
    {
        await using var receiver = await Receiver.StartAsync();
        var folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;
        try
        {
            await using (var scene = await NotificationScene.CreateAsync(folder))
            {
                await ToldAsync(scene, receiver);
                using var stop = new CancellationTokenSource();
                receiver.Answer = async context =>
                {
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                };
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Outbox.SendDueAsync(stop.Token));
            }

            receiver.AnswerStatus(StatusCodes.Status200OK);
            await using var host = await DashboardHost.CreateAsync(folder, "--Notifications:AllowPrivateAddresses", "true");
            Assert.Null(await host.Get<Outbox>().SendDueAsync());

            Assert.Equal(2, receiver.Posts.Count);
            Assert.Single(receiver.Posts.Select(post => post.Headers["X-MaskDashboard-Delivery"]).Distinct());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task SendDueAsync_RulePausedMeanwhile_IsGivenUpButATestIsSent()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await NotificationScene.CreateAsync();
        await ToldAsync(scene, receiver);
        await scene.Rules.PauseAsync(1, paused: true, Actor.Program);
        await scene.Outbox.SendDueAsync();
        Assert.Equal((DeliveryState.Failed, DeliveryProblem.NotWanted), ((await scene.DeliveryAsync()).State, (await scene.DeliveryAsync()).Problem));

        await scene.Rules.SendTestAsync(1, Actor.Program);
        await scene.Outbox.SendDueAsync();

        Assert.Equal("test", Assert.Single(receiver.Posts).Headers["X-MaskDashboard-Event"]);
        Assert.Equal(DeliveryState.Delivered, (await scene.DeliveryAsync()).State);
    }

    [Fact]
    public async Task DeliveryWorker_RetryDue_SendsItByItself()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerStatus(StatusCodes.Status503ServiceUnavailable);
        await using var scene = await NotificationScene.CreateAsync();
        await ToldAsync(scene, receiver);
        using var worker = scene.DeliveryWorker();
        var tried = new SemaphoreSlim(0);
        scene.Events.Changed += () => tried.Release();
        await worker.StartAsync(CancellationToken.None);
        await tried.WaitAsync();
        receiver.AnswerStatus(StatusCodes.Status200OK);

        await scene.Clock.TimerAsync(TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(36));
        scene.Clock.Advance(TimeSpan.FromSeconds(36));
        await tried.WaitAsync();

        Assert.Equal(DeliveryState.Delivered, (await scene.DeliveryAsync()).State);
        await worker.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(1, 0.5, 30)]
    [InlineData(2, 0.5, 60)]
    [InlineData(3, 0.0, 96)]
    [InlineData(3, 1.0, 144)]
    [InlineData(20, 0.5, 3600)]
    public void Wait_Attempts_DoublesUpToAnHourWithAFifthOfChance(int attempts, double random, double seconds) =>
        Assert.Equal(seconds, Outbox.Wait(attempts, TimeSpan.FromSeconds(30), random).TotalSeconds, precision: 6);

    // A rule that told, with a post that waits.
    private static async Task<string> ToldAsync(NotificationScene scene, Receiver receiver)
    {
        var secret = await scene.AddRuleAsync(NotificationScene.Wording(receiver.Address, site: 1));
        await scene.SeeAsync(5, 15);
        Assert.Equal(1, await scene.Evaluator.EvaluateAsync());
        return secret!;
    }
}
