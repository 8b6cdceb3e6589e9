using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace MaskDashboard.Accounts;

/// <summary>What names no policy is as good as not there: whoever asks for it is told so, whatever their role.</summary>
internal sealed class ClosedRoutes : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var endpoint = context.GetEndpoint();
        if (authorizeResult.Succeeded || endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            return _usual.HandleAsync(next, context, policy, authorizeResult);
        }

        // Routing's own answer to a known address with an unknown method or media type.
        return endpoint is not (null or RouteEndpoint) ? next(context) : Refusals.WriteAsync(context, StatusCodes.Status404NotFound);
    }
}
