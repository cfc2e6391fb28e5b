using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Endpoints.Page;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Sessions of the page: opened with a key or the one-time link, and kept in a cookie.</summary>
internal static class SessionEndpoints
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    // Relative to the sign-in's address, because the page may be below any path.
    private const string Page = "./";

    /// <summary>Maps the sign-in, and the session's own resource.</summary>
    public static void MapSession(this IEndpointRouteBuilder app)
    {
        app.MapGet(SessionPaths.SignIn, SignInByLinkAsync).AddEndpointFilter(LimitFailures).AllowAnonymous().ExcludeFromDescription();
        // Chats and mail programs look at links before anybody opens them.
        app.MapMethods(SessionPaths.SignIn, [HttpMethods.Head], () => TypedResults.Ok()).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(SessionPaths.Session, SignInByKeyAsync).AddEndpointFilter(LimitFailures).AllowAnonymous()
            .WithSummary("Opens a session of the page by a key.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        app.MapDelete(SessionPaths.Session, SignOutAsync).WithSummary("Closes the session.");
    }

    private static ValueTask<object?> LimitFailures(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<FailedSignIns>().InvokeAsync(context, next);

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> SignInByLinkAsync(
        HttpContext context, SignInLink link, SignInTrail audit)
    {
        if (link.Redeem(TokenOutOfLogs.TokenOf(context), Scheme) is not { } caller)
        {
            // Opened again, by a reload or from the history: whoever is signed in goes to the page.
            if (Sessions.IdOf(context.User) is not null) return TypedResults.Redirect(Page);
            audit.SignInFailed(Caller.AddressOf(context), "link");
            return TypedResults.Problem(
                "token: the link was used already, or is not this program's; start the program again for a new one.",
                statusCode: StatusCodes.Status401Unauthorized);
        }

        await OpenAsync(context, caller, audit, "link");
        return TypedResults.Redirect(Page);
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> SignInByKeyAsync(
        HttpContext context, SessionRequest request, ApiKeys keys, SignInTrail audit)
    {
        if (keys.Find(request.Key ?? "", Scheme) is not { } caller)
        {
            audit.SignInFailed(Caller.AddressOf(context), "key");
            return TypedResults.Problem("key: this key is not known.", statusCode: StatusCodes.Status401Unauthorized);
        }

        await OpenAsync(context, caller, audit, "key");
        return TypedResults.Ok(new SessionAnswer(Caller.Of(context).Name, [.. Scopes.All.Where(scope => Scopes.Has(context.User, scope))]));
    }

    private static async Task<NoContent> SignOutAsync(HttpContext context, Sessions sessions, SignInTrail audit)
    {
        if (Sessions.IdOf(context.User) is { } id) sessions.End(id);
        await context.SignOutAsync(Scheme);
        audit.SignedOut(Caller.Of(context));
        return TypedResults.NoContent();
    }

    private static async Task OpenAsync(HttpContext context, ClaimsIdentity caller, SignInTrail audit, string method)
    {
        caller.AddClaim(Sessions.NewId());
        context.User = new ClaimsPrincipal(caller);
        await context.SignInAsync(Scheme, context.User);
        audit.SignedIn(Caller.Of(context), method);
    }
}
