using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Antiforgery;

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

    /// <summary>The sentence for a browser's request without the token.</summary>
    public const string NoToken = "The page is out of date: load it again. Programs use an API key instead of a browser's cookie.";

    /// <summary>
    /// Whether a request would change something by a browser's cookie without the token that only the dashboard's own pages have. The header carries
    /// it, or a small form; a file is not read for it.
    /// </summary>
    /// <param name="context">The request; who sent it is known.</param>
    public static async Task<bool> LacksTokenAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || context.User.Identity?.AuthenticationType != AccountSchemes.Cookie)
        {
            return false;
        }

        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        var inHeader = request.Headers.ContainsKey(antiforgery.GetTokens(context).HeaderName ?? "");
        return (!inHeader && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            || !await antiforgery.IsRequestValidAsync(context);
    }
}
