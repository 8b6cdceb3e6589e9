using MaskDashboard.Accounts;
using MaskDashboard.Queue;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MaskDashboard.Monitoring;

/// <summary>What monitors ask.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> (the process answers), <c>/health/ready</c> (it can do its work, else 503 and why) and <c>/health</c> (also what it computes with, and the queue). The first is for everybody, the others say what only viewers may know.</summary>
    /// <param name="app">The program.</param>
    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health");
        health.MapGet("/live", () => TypedResults.Ok(new { status = "live" })).AllowAnonymous();
        health.MapGet("/ready", async (HealthCheckService checks, CancellationToken cancellationToken) =>
        {
            var readiness = await ReadinessAsync(checks, cancellationToken);
            return TypedResults.Json(readiness, statusCode: readiness.StatusCode);
        }).RequireAuthorization(Policies.Viewer);
        health.MapGet("/", WholeAsync).RequireAuthorization(Policies.Viewer);
    }

    private static async Task<JsonHttpResult<HealthDocument>> WholeAsync(
        HealthCheckService checks, VisionRuntime runtime, AnalysisQueue queue, CancellationToken cancellationToken)
    {
        var readiness = await ReadinessAsync(checks, cancellationToken);
        var provider = runtime.ExecutionProvider;
        var document = new HealthDocument(
            readiness.Status,
            readiness.Reasons,
            provider.Provider.ToString(),
            provider.Reason,
            provider.ModelFile,
            Math.Round(runtime.ClassifyMillisecondsPerFace, 1),
            readiness.DatabaseAnswers ? await queue.StateAsync(cancellationToken) : null);
        return TypedResults.Json(document, statusCode: readiness.StatusCode);
    }

    private static async Task<Readiness> ReadinessAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var failing = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Key);
        return new Readiness(failing.Count == 0 ? "ready" : "not ready", failing);
    }

    private sealed record Readiness(string Status, IReadOnlyDictionary<string, string> Reasons)
    {
        internal int StatusCode => Reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

        internal bool DatabaseAnswers => !Reasons.ContainsKey("database");
    }

    private sealed record HealthDocument(
        string Status, IReadOnlyDictionary<string, string> Reasons, string ExecutionProvider, string Reason, string ModelFile, double MillisecondsPerFace, QueueState? Queue);
}
