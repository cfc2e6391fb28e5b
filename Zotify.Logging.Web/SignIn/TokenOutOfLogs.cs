using Microsoft.AspNetCore.Http.Features;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Removes the one-time token from the address before anything logs the request. The server itself logs it before any middleware runs, and
/// other readers of the log must not be able to sign in first. Thread-safe.
/// </summary>
internal sealed class TokenOutOfLogs(IServiceProvider services) : IHttpContextFactory
{
    private static readonly object Item = new();

    private readonly DefaultHttpContextFactory _contexts = new(services);

    /// <summary>The token of a sign-in request; empty where it has none.</summary>
    public static string TokenOf(HttpContext context) => context.Items[Item] as string ?? "";

    /// <inheritdoc/>
    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var context = _contexts.Create(featureCollection);
        if (context.Request.Path.StartsWithSegments(SessionPaths.SignIn))
        {
            context.Items[Item] = context.Request.Query["token"].ToString();
            context.Request.QueryString = QueryString.Empty;
        }

        return context;
    }

    /// <inheritdoc/>
    public void Dispose(HttpContext httpContext) => _contexts.Dispose(httpContext);
}
