using Zotify.Logging.AspNetCore.Common;

// Found without a using, like every UseX() of ASP.NET Core.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Tells the log who makes a request.</summary>
public static class ZotifyLogContextExtensions
{
    /// <summary>
    /// Puts every request into a scope of its own with <c>user_id</c>, where it is authenticated, <c>source_ip</c> and <c>request_id</c>.
    /// Every
    /// record of the request has them then, an audit event as its user and source. Records have the trace of the request by themselves.
    /// </summary>
    /// <param name="app">The application. Call it after <c>UseForwardedHeaders</c> and <c>UseAuthentication</c>.</param>
    /// <returns>The application.</returns>
    public static IApplicationBuilder UseZotifyLogContext(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<LogContext>();
    }
}
