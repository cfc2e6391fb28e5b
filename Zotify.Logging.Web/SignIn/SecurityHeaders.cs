using Microsoft.Extensions.Primitives;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Headers that restrict what a browser may do with the answers, and that name the credential for a caller without one.
/// </summary>
internal static class SecurityHeaders
{
    // The API reference has inline styles and images. Its scripts come from this site only.
    private const string PolicyOfReference =
        $"{PageHeaders.Policy}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:";

    /// <summary>Adds the headers to every answer, errors included. Call it before other middleware.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        StringValues challenges = AccessExtensions.HasBearer(app.Configuration)
            ? new([ApiKeyHandler.Challenge, "Bearer"])
            : new(ApiKeyHandler.Challenge);
        app.Use((context, next) =>
        {
            // Set just before the response starts, because the exception handler clears all headers.
            context.Response.OnStarting(() =>
            {
                AddTo(context.Response, challenges);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void AddTo(HttpResponse response, StringValues challenges)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = response.HttpContext.Request.Path.StartsWithSegments("/docs")
            ? PolicyOfReference
            : PageHeaders.Policy;
        // The sign-in link has its token in the address.
        headers["Referrer-Policy"] = "no-referrer";
        if (StringValues.IsNullOrEmpty(headers.CacheControl)) headers.CacheControl = "no-store";
        if (response.StatusCode == StatusCodes.Status401Unauthorized && StringValues.IsNullOrEmpty(headers.WWWAuthenticate))
            headers.WWWAuthenticate = challenges;
    }
}
