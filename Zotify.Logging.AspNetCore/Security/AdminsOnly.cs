using Microsoft.AspNetCore.Authorization;

namespace Zotify.Logging.AspNetCore.Security;

/// <summary>
/// Requires the policy <see cref="Scopes.Admin"/> where <c>AllowAnonymous</c> opened all endpoints: everybody may read then, but nobody may
/// change anything.
/// </summary>
internal sealed class AdminsOnly(IAuthorizationService authorization) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // Without AllowAnonymous, the policy was checked before the endpoint ran.
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null) return await next(context);
        return (await authorization.AuthorizeAsync(http.User, http, Scopes.Admin)).Succeeded
            ? await next(context)
            : TypedResults.Problem(
                $"This needs the policy {Scopes.Admin}; AllowAnonymous opens the logs for reading alone.",
                statusCode: StatusCodes.Status403Forbidden);
    }
}
