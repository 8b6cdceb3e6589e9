using MaskDashboard.Accounts;
using MaskDashboard.Notifications;
using MaskDashboard.Storage;
using MaskDashboard.Tests.Compliance;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Tests.Notifications;

/// <summary>The notification services on a clock that is moved by hand, with a receiver on this machine.</summary>
internal sealed class NotificationScene : IAsyncDisposable
{
    private NotificationScene(DashboardHost host, FigureScene figures, bool allowPrivate)
    {
        Host = host;
        Figures = figures;
        Options = Microsoft.Extensions.Options.Options.Create(new NotificationOptions { AllowPrivateAddresses = allowPrivate, MaxAttempts = 3, TimeoutSeconds = 30 });
        Evaluator = new RuleEvaluator(Contexts, Writer, host.Get<MaskDashboard.Compliance.ComplianceQueries>(), Events, Options, Clock);
        Rules = new NotificationRules(Writer, Evaluator, host.Get<WebhookSignature>(), host.Get<AuditLog>(), Events, Clock);
        Client = new WebhookClient(host.Get<WebhookSignature>(), Options, Clock);
        Outbox = new Outbox(Contexts, Writer, Client, Events, Options, Clock);
        Queries = new NotificationQueries(Contexts, Writer, Events);
    }

    public DashboardHost Host { get; }

    public FigureScene Figures { get; }

    public WatchedClock Clock { get; } = new(new DateTimeOffset(FigureScene.Noon));

    public NotificationEvents Events { get; } = new();

    public IOptions<NotificationOptions> Options { get; }

    public RuleEvaluator Evaluator { get; }

    public NotificationRules Rules { get; }

    public WebhookClient Client { get; }

    public Outbox Outbox { get; }

    public NotificationQueries Queries { get; }

    private IDbContextFactory<DashboardDbContext> Contexts => Host.Get<IDbContextFactory<DashboardDbContext>>();

    private DatabaseWriter Writer => Host.Get<DatabaseWriter>();

    public static async Task<NotificationScene> CreateAsync(string? folder = null, bool allowPrivate = true)
    {
        var host = await DashboardHost.CreateAsync(folder);
        return new NotificationScene(host, await FigureScene.CreateAsync(host), allowPrivate);
    }

    public RuleWorker RuleWorker() => new(Evaluator, Writer, Host.Get<MaskDashboard.Queue.AnalysisEvents>(), Events, Options, Clock, NullLogger<RuleWorker>.Instance);

    public DeliveryWorker DeliveryWorker() => new(Outbox, Events, Clock, NullLogger<DeliveryWorker>.Instance);

    /// <summary>Compliance below 80 % over the last two hours, from ten people on.</summary>
    public static RuleWording Wording(string? webhook = null, long? site = null) => new("Masks", NotificationMeasure.Compliance, 80, 2, site, 10, webhook);

    public Task<string?> AddRuleAsync(RuleWording? wording = null) => Rules.SaveAsync(null, wording ?? Wording(), Actor.Program);

    /// <summary>A photograph of this moment.</summary>
    public Task SeeAsync(int mask, int noMask, int tooClose = 0, long? site = 1) => Figures.AddAsync(Clock.GetUtcNow().UtcDateTime, site, mask, noMask, uncertain: 0, tooClose);

    public async Task<WebhookDelivery> DeliveryAsync()
    {
        await using var context = await Host.OpenAsync();
        return await context.WebhookDeliveries.OrderByDescending(delivery => delivery.Id).FirstAsync();
    }

    public async Task<NotificationRule> RuleAsync() => (await Queries.RulesAsync())[^1].Rule;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
