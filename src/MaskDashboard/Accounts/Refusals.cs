namespace MaskDashboard.Accounts;

/// <summary>Answers to those who may not: a bare status, which becomes a page for a person, and a problem document for a program.</summary>
internal static class Refusals
{
    /// <summary>Whether a person opens a page.</summary>
    /// <param name="request">The request.</param>
    public static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">401, 403 or 404.</param>
    public static Task WriteAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return http.Request.Path.StartsWithSegments("/api")
            ? TypedResults.Problem(
                status switch
                {
                    StatusCodes.Status401Unauthorized => "Sign in, or send an API key that works in the header Authorization: Bearer KEY.",
                    StatusCodes.Status403Forbidden => "Your role does not allow this: ask an administrator.",
                    _ => null,
                },
                statusCode: status).ExecuteAsync(http)
            : Task.CompletedTask;
    }
}
