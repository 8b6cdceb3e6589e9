using MaskDashboard.Accounts;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>A job as pages show it.</summary>
/// <param name="Job">The job.</param>
/// <param name="StartedBy">Name of the account that started it; null in a run without accounts.</param>
/// <param name="CanBeTakenBack">Whether it can be rolled back: it did something, and no later job went over the same history.</param>
public sealed record HistoryJobView(HistoryJob Job, string? StartedBy, bool CanBeTakenBack)
{
    /// <summary>Whether it works now.</summary>
    public bool IsWorking => Job.State is HistoryJobState.Running or HistoryJobState.RollingBack;
}

/// <summary>Results that lists and figures show, made alike.</summary>
/// <param name="MadeUnder">The settings they were made under.</param>
/// <param name="Detector">The engine that made them.</param>
/// <param name="Images">How many photographs.</param>
public sealed record ResultGroup(AnalysisSettings MadeUnder, DetectorKind Detector, int Images)
{
    /// <summary>Whether other settings ask for what is not stored, so that the models have to look at the photographs again.</summary>
    /// <param name="settings">The other settings.</param>
    public bool NeedsModels(AnalysisSettings settings) =>
        InferenceKey.Of(MadeUnder, Detector) != InferenceKey.Of(settings, InferenceKey.EngineUnder(Detector, MadeUnder, settings));
}

/// <summary>Starts, stops and takes back the applying of settings to the history. The work itself is <see cref="HistoryJobRunner"/>'s. Thread-safe.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="audit">Notes who did what.</param>
/// <param name="clock">The time.</param>
public sealed class HistoryJobs(
    IDbContextFactory<DashboardDbContext> contexts, DatabaseWriter writer, SettingsStore settings, AuditLog audit, TimeProvider clock)
{
    /// <summary>A job was started, stopped, or got on. Called on the worker's thread; the handler must be quick.</summary>
    public event Action? Changed;

    /// <summary>The newest job; null while there was none.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<HistoryJobView?> LatestAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.HistoryJobs.OrderByDescending(job => job.Id).FirstOrDefaultAsync(cancellationToken) is not { } job)
        {
            return null;
        }

        var by = await context.Users.Where(user => user.Id == job.StartedById).Select(user => user.UserName).FirstOrDefaultAsync(cancellationToken);
        return new HistoryJobView(job, by, job.State is HistoryJobState.Done or HistoryJobState.Cancelled && job.Judged + job.LookedAgain > 0);
    }

    /// <summary>Counts the results that lists and figures show and that were made under another version than the one in force.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<int> ResultsOfOtherVersionsAsync(CancellationToken cancellationToken = default)
    {
        var version = settings.Current.VersionId;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Analyses.CountAsync(analysis => analysis.IsCurrent && analysis.State == AnalysisState.Done && analysis.SettingsVersionId != version, cancellationToken);
    }

    /// <summary>The results that lists and figures show, by what made them.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ResultGroup>> ResultGroupsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.Analyses.Where(analysis => analysis.IsCurrent && analysis.State == AnalysisState.Done)
            .GroupBy(analysis => new { analysis.SettingsVersionId, analysis.Detector })
            .Select(group => new { group.Key.SettingsVersionId, group.Key.Detector, Images = group.Count() })
            .ToListAsync(cancellationToken);
        var groups = new List<ResultGroup>(counts.Count);
        foreach (var count in counts)
        {
            groups.Add(new ResultGroup(await settings.GetAsync(count.SettingsVersionId, cancellationToken), count.Detector, count.Images));
        }

        return groups;
    }

    /// <summary>Starts to apply the settings in force to all results made under others.</summary>
    /// <param name="who">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The job; null when another one works already.</returns>
    public async Task<long?> StartAsync(Actor who, CancellationToken cancellationToken = default)
    {
        who.Require(AccountRole.Administrator);
        var started = await writer.WriteAsync<long?>(
            async (context, token) =>
            {
                if (await context.HistoryJobs.AnyAsync(job => job.State == HistoryJobState.Running || job.State == HistoryJobState.RollingBack, token))
                {
                    return null;
                }

                var version = settings.Current.VersionId;
                var job = new HistoryJob
                {
                    SettingsVersionId = version,
                    StartedAtUtc = clock.GetUtcNow().UtcDateTime,
                    StartedById = who.UserId,
                    Total = await context.Analyses.CountAsync(analysis => analysis.IsCurrent && analysis.State == AnalysisState.Done && analysis.SettingsVersionId != version, token),
                };
                context.Add(job);
                audit.Append(context, AuditAction.Settings, $"Settings version {version} is applied to {job.Total} stored results", who);
                await context.SaveChangesAsync(token);
                return job.Id;
            },
            cancellationToken);
        Tell();
        return started;
    }

    /// <summary>Stops a job; what it did stays until it is rolled back.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="who">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was working.</returns>
    public Task<bool> CancelAsync(long jobId, Actor who, CancellationToken cancellationToken = default) =>
        ChangeAsync(jobId, state => state == HistoryJobState.Running, HistoryJobState.Cancelled, "stopped", who, cancellationToken);

    /// <summary>Starts to bring the former results back.</summary>
    /// <param name="jobId">The job; only the newest can be taken back.</param>
    /// <param name="who">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is being rolled back by this.</returns>
    public Task<bool> RollBackAsync(long jobId, Actor who, CancellationToken cancellationToken = default) =>
        ChangeAsync(jobId, state => state is HistoryJobState.Done or HistoryJobState.Cancelled, HistoryJobState.RollingBack, "rolled back", who, cancellationToken);

    /// <summary>Tells pages and the runner that something changed.</summary>
    internal void Tell() => Changed?.Invoke();

    private async Task<bool> ChangeAsync(
        long jobId, Func<HistoryJobState, bool> from, HistoryJobState to, string what, Actor who, CancellationToken cancellationToken)
    {
        who.Require(AccountRole.Administrator);
        var changed = await writer.WriteAsync(
            async (context, token) =>
            {
                var job = await context.HistoryJobs.OrderByDescending(stored => stored.Id).FirstOrDefaultAsync(token);
                if (job is null || job.Id != jobId || !from(job.State))
                {
                    return false;
                }

                job.State = to;
                job.EndedAtUtc = to == HistoryJobState.Cancelled ? clock.GetUtcNow().UtcDateTime : null;
                audit.Append(context, AuditAction.Settings, $"Applying settings version {job.SettingsVersionId} to stored results: {what}", who);
                return true;
            },
            cancellationToken);
        Tell();
        return changed;
    }
}
