namespace MaskDashboard.Review;

/// <summary>Adds the review desk.</summary>
public static class ReviewSetup
{
    /// <summary>Adds corrections, the review queue and the accuracy that follows from reviews.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddReview(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReviewOptions>().BindConfiguration("Review").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<FaceCorrections>();
        builder.Services.AddSingleton<DrawnFaces>();
        builder.Services.AddSingleton<ReviewMarks>();
        builder.Services.AddSingleton<ReviewQueue>();
        builder.Services.AddSingleton<ThumbnailRedraw>();
        builder.Services.AddSingleton<AccuracyQueries>();
        return builder;
    }
}
