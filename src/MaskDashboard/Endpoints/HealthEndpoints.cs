using MaskDashboard.Queue;
using MaskDashboard.Vision;

namespace MaskDashboard.Endpoints;

/// <summary>What monitors ask.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> (the process answers) and <c>/health</c> (what it computes with, and the queue).</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new { status = "live" }));
        app.MapGet("/health", async (VisionRuntime runtime, AnalysisQueue queue, CancellationToken cancellationToken) =>
        {
            var state = await queue.StateAsync(cancellationToken);
            return TypedResults.Ok(new
            {
                status = "ready",
                executionProvider = runtime.ExecutionProvider.Provider.ToString(),
                reason = runtime.ExecutionProvider.Reason,
                modelFile = runtime.ExecutionProvider.ModelFile,
                millisecondsPerFace = Math.Round(runtime.ClassifyMillisecondsPerFace, 1),
                queue = new { state.Queued, state.Running, state.Failed },
            });
        });
        return app;
    }
}
