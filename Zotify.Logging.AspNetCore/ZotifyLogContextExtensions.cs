using Zotify.Logging.AspNetCore.Common;

// Found without a using, like every UseX() of ASP.NET Core.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Tells the log who makes a request.</summary>
public static class ZotifyLogContextExtensions
{
    /// <summary>
    /// Opens a scope for every request with <c>source_ip</c>, <c>request_id</c> and, for an authenticated user, <c>user_id</c>. Every
    /// record of the request has these values; an audit event takes its user and source from them. The trace is in every record anyway.
    /// </summary>
    /// <param name="app">The application. Call it after <c>UseForwardedHeaders</c> and <c>UseAuthentication</c>.</param>
    /// <returns>The application.</returns>
    public static IApplicationBuilder UseZotifyLogContext(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<LogContext>();
    }
}
