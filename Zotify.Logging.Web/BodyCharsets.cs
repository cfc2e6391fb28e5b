using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Metadata;

namespace Zotify.Logging.Web;

/// <summary>
/// Refuses a body that is not in UTF-8, as JSON always is (RFC 8259, 8.1), before anything reads it: the framework would take a charset
/// that it does not know, or knows only without quotes, for a fault of the program.
/// </summary>
internal static class BodyCharsets
{
    private const string Json = "application/json";
    private static readonly string[] Known = ["utf-8", "utf8", "us-ascii"];

    /// <summary>Adds the middleware. Comes after routing.</summary>
    public static void UseBodyCharsets(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var takesBody = context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null;
        if (!takesBody || string.IsNullOrEmpty(context.Request.ContentType)) return next(context);
        // The framework reads types that are none, such as one with a charset without a name.
        var charset = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? type.CharSet : "";
        if (charset is null) return next(context);
        if (!Known.Contains(charset.Trim('"'), StringComparer.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        context.Request.ContentType = Json;
        return next(context);
    });
}
