namespace Zotify.Logging.AspNetCore.Security;

/// <summary>Headers that keep a browser from doing with the page what it should not.</summary>
internal static class PageHeaders
{
    /// <summary>What the page may load: only what comes from its own site. Its <c>base</c> may be of no other site, either.</summary>
    public const string Policy = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>Adds the headers.</summary>
    public static void AddTo(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}
