using System.Runtime.CompilerServices;
using MaskDashboard.Accounts;
using MaskDashboard.Api;
using MaskDashboard.Components;
using MaskDashboard.Compliance;
using MaskDashboard.Housekeeping;
using MaskDashboard.Monitoring;
using MaskDashboard.Notifications;
using MaskDashboard.Privacy;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MaskDashboard.Tests;

/// <summary>The program's services on a data folder of their own, without a web server. The workers run in <see cref="RunQueueAsync"/> only.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private DashboardHost(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    public static string Root { get; } = FindRoot();

    private static Lazy<VisionRuntime> Models { get; } = new(() => VisionRuntime.Open(new VisionOptions { ModelsFolder = Path.Combine(Root, "models") }));

    public string Folder { get; }

    public static async Task<DashboardHost> CreateAsync(string? folder = null, params string[] arguments)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("mask-dashboard-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = Root,
            Args = ["--Data:Folder", folder, "--Vision:ModelsFolder", Path.Combine(Root, "models"), "--Logging:LogLevel:Default", "None", "--urls", "http://127.0.0.1:0", "--Accounts:Demo", "true", .. arguments],
        });
        builder.AddListening().AddStorage().AddAccounts().AddAnalysisSettings().AddAnalysisQueue().AddCompliance().AddReview().AddTuning().AddApi().AddDashboardUi().AddNotifications().AddPrivacy().AddHousekeeping().AddMonitoring();
        // Opening the models is most of what a host takes; those that set nothing about them share them.
        if (!arguments.Any(argument => argument.StartsWith("--Vision:", StringComparison.Ordinal)))
        {
            builder.Services.AddSingleton(Models.Value);
        }

        var app = builder.Build();
        await app.PrepareAsync();
        return new DashboardHost(app, folder, ownsFolder);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<DashboardDbContext> OpenAsync() => Get<IDbContextFactory<DashboardDbContext>>().CreateDbContextAsync();

    public static Stream Sample(string name) => File.OpenRead(Path.Combine(Root, "wwwroot", "samples", name));

    /// <summary>Does something while the workers run.</summary>
    public async Task<T> WithWorkersAsync<T>(Func<Task<T>> work)
    {
        var worker = _app.Services.GetServices<IHostedService>().OfType<AnalysisWorker>().Single();
        await worker.StartAsync(CancellationToken.None);
        try
        {
            return await work();
        }
        finally
        {
            await worker.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Starts the workers and waits until nothing is queued or running.</summary>
    public async Task RunQueueAsync()
    {
        var worker = _app.Services.GetServices<IHostedService>().OfType<AnalysisWorker>().Single();
        await worker.StartAsync(CancellationToken.None);
        await IdleAsync();
        await worker.StopAsync(CancellationToken.None);
    }

    /// <summary>Waits until nothing is queued or running.</summary>
    public async Task IdleAsync()
    {
        var queue = Get<AnalysisQueue>();
        using var changed = new SemaphoreSlim(0);
        using var subscription = Get<AnalysisEvents>().Subscribe(_ => changed.Release());
        while (await queue.StateAsync() is { Queued: > 0 } or { Running: > 0 })
        {
            await changed.WaitAsync(TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>Maps endpoints and serves them, workers included, on a free port.</summary>
    public async Task<HttpClient> ServeAsync(Action<WebApplication> map)
    {
        map(_app);
        await _app.StartAsync();
        return new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
