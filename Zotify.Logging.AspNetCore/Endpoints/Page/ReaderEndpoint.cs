using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>Returns the user of the page, and the logs that this user may read.</summary>
internal static class ReaderEndpoint
{
    /// <summary>Maps <c>GET session</c> below the page.</summary>
    public static RouteHandlerBuilder MapReader(this IEndpointRouteBuilder page) => page.MapGet("/session", DescribeAsync)
        .DisableCookieRedirect()
        .WithSummary("Whose session it is, and what it opens.");

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> DescribeAsync(
        HttpContext context, IAuthorizationPolicyProvider policies, IPolicyEvaluator evaluator)
    {
        var scopes = new List<string>();
        foreach (var scope in Scopes.All)
        {
            if (await policies.GetPolicyAsync(scope) is not { } policy) continue;
            // A policy may have its own authentication schemes.
            var authenticated = await evaluator.AuthenticateAsync(policy, context);
            if ((await evaluator.AuthorizeAsync(policy, authenticated, context, context)).Succeeded) scopes.Add(scope);
        }

        var user = Caller.UserIdOf(context.User);
        return user is null && scopes.Count == 0
            ? TypedResults.Problem("Nobody is signed in.", statusCode: StatusCodes.Status401Unauthorized)
            : TypedResults.Ok(new SessionAnswer(user ?? "unknown", scopes));
    }
}
