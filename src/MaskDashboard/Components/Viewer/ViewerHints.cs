namespace MaskDashboard.Components.Viewer;

/// <summary>What a request says of the viewer and the browser. Handed from the request to the interactive page, which has no request of its own.</summary>
/// <param name="Theme">The viewer's choice.</param>
/// <param name="PrefersDark">Whether the browser asked for dark colours when it was last asked.</param>
/// <param name="TimeZone">IANA name of the browser's time zone; null on the very first visit.</param>
/// <param name="RemoteAddress">Where the browser is. The page gets it in a sealed form, so the browser cannot claim another.</param>
public sealed record ViewerHints(ThemeChoice Theme, bool PrefersDark, string? TimeZone, string? RemoteAddress)
{
    /// <summary>Name of the cookie with the theme the viewer chose.</summary>
    public const string ThemeCookie = "md-theme";

    /// <summary>Name of the cookie with the colour scheme the browser prefers, written by boot.js.</summary>
    public const string SchemeCookie = "md-scheme";

    /// <summary>Name of the cookie with the browser's time zone, written by boot.js.</summary>
    public const string TimeZoneCookie = "md-tz";

    /// <summary>Reads the hints of a request.</summary>
    /// <param name="http">The request; cookies that cannot be read count as absent.</param>
    public static ViewerHints Of(HttpContext http)
    {
        var cookies = http.Request.Cookies;
        return new(
            Enum.TryParse<ThemeChoice>(cookies[ThemeCookie], ignoreCase: true, out var theme) && Enum.IsDefined(theme) ? theme : ThemeChoice.System,
            cookies[SchemeCookie] == "dark",
            cookies[TimeZoneCookie] is { Length: > 0 and < 64 } zone ? zone : null,
            http.Connection.RemoteIpAddress?.ToString());
    }
}
