using System.Security.Claims;

namespace MaskDashboard.Accounts;

/// <summary>Who does something, as it is kept with what was done.</summary>
/// <param name="UserId">Key of the account; null in a run without accounts.</param>
/// <param name="Name">Name of the account at that time, with the API key that was used; null in a run without accounts.</param>
/// <param name="RemoteAddress">Address the request came from; null for the program itself.</param>
/// <param name="Role">What they may do.</param>
public sealed record Actor(string? UserId, string? Name, string? RemoteAddress, AccountRole Role = AccountRole.None)
{
    /// <summary>The program itself.</summary>
    public static Actor Program { get; } = new(null, null, null, AccountRole.Administrator);

    /// <summary>Who sent a request.</summary>
    /// <param name="http">The request.</param>
    public static Actor Of(HttpContext http) => Of(http.User, http.Connection.RemoteIpAddress?.ToString());

    /// <summary>Who a sign-in is of.</summary>
    /// <param name="user">The sign-in; may do nothing when it is of nobody.</param>
    /// <param name="remoteAddress">Address it is used from.</param>
    public static Actor Of(ClaimsPrincipal user, string? remoteAddress) => new(
        user.FindFirstValue(ClaimTypes.NameIdentifier),
        user.FindFirstValue(AccountClaims.ApiKey) is { } key ? $"{user.Identity?.Name} (API key {key})" : user.Identity?.Name,
        remoteAddress,
        AccountClaims.RoleOf(user));

    /// <summary>Stops what the role does not allow.</summary>
    /// <param name="role">The role that is needed at the least.</param>
    /// <exception cref="AccessDeniedException">It is more than the actor has.</exception>
    public void Require(AccountRole role)
    {
        if (Role < role)
        {
            throw new AccessDeniedException(role);
        }
    }
}
