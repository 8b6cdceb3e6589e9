namespace MaskDashboard.Api;

/// <summary>A request that cannot be answered; becomes a problem document with this sentence.</summary>
/// <param name="statusCode">HTTP status, 4xx.</param>
/// <param name="sentence">What is wrong and what to do.</param>
internal sealed class ApiProblem(int statusCode, string sentence) : Exception(sentence)
{
    public int StatusCode => statusCode;

    /// <summary>400.</summary>
    public static ApiProblem BadRequest(string sentence) => new(StatusCodes.Status400BadRequest, sentence);

    /// <summary>404.</summary>
    public static ApiProblem NotFound(long imageId) => new(StatusCodes.Status404NotFound, $"There is no image {imageId}: it was deleted, or never existed.");

    /// <summary>409.</summary>
    public static ApiProblem Conflict(string sentence) => new(StatusCodes.Status409Conflict, sentence);
}
