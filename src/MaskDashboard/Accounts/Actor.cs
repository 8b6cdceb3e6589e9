using System.Security.Claims;

namespace MaskDashboard.Accounts;

/// <summary>Who does something, as it is kept with what was done.</summary>
/// <param name="UserId">Key of the account; null in a run without accounts.</param>
/// <param name="Name">Name of the account at that time; null in a run without accounts.</param>
/// <param name="RemoteAddress">Address the request came from; null for the program itself.</param>
public sealed record Actor(string? UserId, string? Name, string? RemoteAddress)
{
    /// <summary>The program itself.</summary>
    public static Actor Program { get; } = new(null, null, null);

    /// <summary>Who sent a request.</summary>
    /// <param name="http">The request.</param>
    public static Actor Of(HttpContext http) => new(
        http.User.FindFirstValue(ClaimTypes.NameIdentifier), http.User.Identity?.Name, http.Connection.RemoteIpAddress?.ToString());
}
