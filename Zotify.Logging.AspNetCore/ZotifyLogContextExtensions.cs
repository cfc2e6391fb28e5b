using Zotify.Logging.AspNetCore.Common;

// In this namespace, so that it is found without a using, like every UseX() of ASP.NET Core.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the caller of a request to its records.</summary>
public static class ZotifyLogContextExtensions
{
    /// <summary>
    /// Opens a scope for every request with <c>source_ip</c>, <c>request_id</c> and, for an authenticated user, <c>user_id</c>. Every
    /// record of the request has these values; they are the user and the source of its audit events. The trace is in every record anyway.
    /// </summary>
    /// <param name="app">The application. Call it after <c>UseForwardedHeaders</c> and <c>UseAuthentication</c>.</param>
    /// <returns>The application.</returns>
    public static IApplicationBuilder UseZotifyLogContext(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<LogContext>();
    }
}
