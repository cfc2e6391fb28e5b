using Microsoft.AspNetCore.Http.Features;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Takes the one-time token out of the address before anything logs the request: the server itself does so before any middleware
/// runs, and a log that others may read must not let them sign in first. Thread-safe.
/// </summary>
internal sealed class TokenOutOfLogs(IServiceProvider services) : IHttpContextFactory
{
    private static readonly object Item = new();

    private readonly DefaultHttpContextFactory _contexts = new(services);

    /// <summary>The token of a request that signs in; empty where it brought none.</summary>
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
