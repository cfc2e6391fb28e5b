namespace Zotify.Logging.Web.SignIn;

/// <summary>The middleware that ties the requests of a session to it: signing out breaks them off.</summary>
internal sealed class SessionRequests(RequestDelegate next, Sessions sessions)
{
    /// <summary>Runs the rest of the request. Comes after authentication.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // The request that signs out ends its own session, and is still answered.
        if (Sessions.IdOf(context.User) is not { } id || context.Request.Path.StartsWithSegments(SessionPaths.Session))
        {
            await next(context);
            return;
        }

        using var lease = sessions.Enter(id, context.Abort);
        await next(context);
    }
}
