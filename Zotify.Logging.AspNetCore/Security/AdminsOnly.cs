using Microsoft.AspNetCore.Authorization;

namespace Zotify.Logging.AspNetCore.Security;

/// <summary>
/// Asks for the policy <see cref="Scopes.Admin"/> where <c>AllowAnonymous</c> opened all endpoints: that lets everybody read, and must let
/// nobody change anything.
/// </summary>
internal sealed class AdminsOnly(IAuthorizationService authorization) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // Elsewhere the policy was asked for before the endpoint ran.
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null) return await next(context);
        return (await authorization.AuthorizeAsync(http.User, http, Scopes.Admin)).Succeeded
            ? await next(context)
            : TypedResults.Problem(
                $"This needs the policy {Scopes.Admin}; AllowAnonymous opens the logs for reading alone.",
                statusCode: StatusCodes.Status403Forbidden);
    }
}
