namespace Zotify.Logging.AspNetCore.Security;

/// <summary>Headers that restrict what a browser may do with the page.</summary>
internal static class PageHeaders
{
    /// <summary>The page may load content of its own site only. Its <c>base</c> must be of the same site as well.</summary>
    public const string Policy = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>Adds the headers.</summary>
    public static void AddTo(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
    }
}
