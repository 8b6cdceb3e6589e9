namespace MaskDashboard.Api;

/// <summary>
/// Keeps other web pages from submitting or deleting through the viewer's browser. Browsers say where a request comes from; programs say
/// nothing and are let through. Other ports of the same machine are foreign too.
/// </summary>
internal static class ForeignPages
{
    /// <summary>The sentence for those turned away.</summary>
    public const string Refusal = "The request comes from another web page: the browser may change data only from the dashboard's own pages.";

    /// <summary>Whether a request would change something on behalf of a foreign page.</summary>
    /// <param name="request">The request.</param>
    public static bool Acts(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
