using Microsoft.AspNetCore.Http.HttpResults;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Lets only this site's own pages change something with the cookie that a browser sends. <c>SameSite</c> alone does not ensure that: it
/// treats all ports of a host, and so all programs on a developer's machine, as one site.
/// </summary>
internal static class SameOrigin
{
    /// <summary>
    /// Adds the check. Callers that are authenticated by a key or a token of their own pass: no browser adds these by itself. A header
    /// that authenticates nobody does not let the cookie pass.
    /// </summary>
    public static void UseSameOrigin(this WebApplication app)
    {
        var hasBearer = AccessExtensions.HasBearer(app.Configuration);
        app.Use((context, next) =>
            Changes(context.Request) && !AccessExtensions.BringsCredential(context.Request, hasBearer) && !IsOwn(context.Request)
                ? Refusal().ExecuteAsync(context)
                : next(context));
    }

    private static ProblemHttpResult Refusal() => TypedResults.Problem(
        "Origin: a session of the page changes something only from the page itself; other callers send a key or a token.",
        statusCode: StatusCodes.Status403Forbidden);

    private static bool Changes(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || HttpMethods.IsTrace(request.Method));

    private static bool IsOwn(HttpRequest request)
    {
        // A browser always sends one of them. A program that sends neither chose to send the cookie itself.
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site) return site is ["same-origin" or "none"];
        return request.Headers.Origin is not { Count: > 0 } origin
            || (origin is [{ } only] && string.Equals(only, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
    }
}
