using Microsoft.AspNetCore.Http.Extensions;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>The header <c>Link</c> with <c>rel="next"</c> (RFC 8288): this request, with its place moved on.</summary>
internal static class NextLink
{
    /// <summary>Adds the header.</summary>
    public static void Add(HttpContext context, string parameter, string position)
    {
        var others = context.Request.Query.Where(given => !string.Equals(given.Key, parameter, StringComparison.OrdinalIgnoreCase));
        // The path as it was sent: a decoded one may mean another resource.
        context.Response.Headers.Link = $"<{RawTarget.PathOf(context.Request)}{new QueryBuilder(others) { { parameter, position } }}>; rel=\"next\"";
    }
}
