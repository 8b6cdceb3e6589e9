using MaskDashboard.Analysis;
using MaskDashboard.Endpoints;
using MaskDashboard.Uploads;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Annotation;

namespace MaskDashboard.Queue;

/// <summary>Adds the models, uploads, the queue and its workers.</summary>
public static class QueueSetup
{
    /// <summary>Adds the models, uploads, the queue and its workers.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddAnalysisQueue(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<QueueOptions>().BindConfiguration("Queue").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<AnnotationOptions>().BindConfiguration("Annotation").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ViewingOptions>().BindConfiguration("Viewing").ValidateDataAnnotations().ValidateOnStart();
        var vision = builder.Configuration.GetSection("Vision").Get<VisionOptions>() ?? new VisionOptions();
        builder.Services.AddSingleton(_ => VisionRuntime.Open(vision));
        builder.Services.AddSingleton<FrameAnnotator>();
        builder.Services.AddSingleton<DecodedPhotographs>();
        builder.Services.AddSingleton<ServedPhotographs>();
        builder.Services.AddSingleton<AnalysisEvents>();
        builder.Services.AddSingleton<AnalysisQueue>();
        builder.Services.AddSingleton<WorkerErrands>();
        builder.Services.AddSingleton<UploadReception>();
        builder.Services.AddSingleton<ImageIntake>();
        builder.Services.AddSingleton<OutcomeStore>();
        builder.Services.AddSingleton<CurrentResult>();
        builder.Services.AddScoped<AnalysisService>();
        builder.Services.AddHostedService<AnalysisWorker>();
        return builder;
    }
}
