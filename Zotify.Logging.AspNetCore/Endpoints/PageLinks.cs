using Microsoft.AspNetCore.Http.Extensions;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// The header <c>Link</c> with <c>rel="next"</c> and <c>rel="prev"</c> (RFC 8288): this request, with another cursor.
/// </summary>
internal static class PageLinks
{
    /// <summary>Adds the header. Does nothing where there is no other page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">The parameter that has the cursor.</param>
    /// <param name="next">The cursor of the next page.</param>
    /// <param name="previous">The cursor of the page before.</param>
    public static void Add(HttpContext context, string parameter, string? next, string? previous = null)
    {
        if (next is not null) Append(context, parameter, next, "next");
        if (previous is not null) Append(context, parameter, previous, "prev");
    }

    private static void Append(HttpContext context, string parameter, string cursor, string relation)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in context.Request.Query)
        {
            if (!string.Equals(name, parameter, StringComparison.OrdinalIgnoreCase)) query.Add(name, values.ToArray()!);
        }

        query.Add(parameter, cursor);
        // Relative to this request, because only the client knows its whole address.
        context.Response.Headers.Append("Link", $"<{query}>; rel=\"{relation}\"");
    }
}
