namespace Zotify.Logging.Web.Security;

/// <summary>Headers that keep a browser from doing with the answers what it should not.</summary>
internal static class SecurityHeaders
{
    /// <summary>Adds the headers to every answer.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        // The sign-in link has its token in the address.
        headers["Referrer-Policy"] = "no-referrer";
        if (!context.Request.Path.StartsWithSegments("/health")) headers.CacheControl = "no-store";
        return next(context);
    });
}
