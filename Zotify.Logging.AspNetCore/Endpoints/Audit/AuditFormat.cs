using Microsoft.Net.Http.Headers;
using Zotify.Logging.AspNetCore.Streams;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>A format of the search's answer.</summary>
/// <param name="Name">The value of the parameter <c>format</c>, and the extension of a file.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Writer">Writes the file; <see langword="null"/> for the format that is not a file but a page.</param>
internal sealed record AuditFormat(string Name, string MediaType, IAuditFileWriter? Writer)
{
    /// <summary>All formats, the default first.</summary>
    public static readonly AuditFormat[] All =
    [
        new("json", "application/json", Writer: null),
        new("csv", "text/csv", new AuditCsv()),
        new("ndjson", NdJson.MediaType, new AuditNdJson()),
    ];

    /// <summary>
    /// The format that a request selects: by its parameter, or else by its Accept header; <see langword="null"/> where it accepts none.
    /// </summary>
    public static AuditFormat? For(HttpRequest request, QueryReader reader)
    {
        if (reader.OneOf("format", [.. All.Select(format => format.Name)]) is { } name) return All.Single(format => format.Name == name);
        var accept = request.GetTypedHeaders().Accept;
        if (accept.Count == 0) return All[0];
        var refused = accept.Where(type => type.Quality is 0 && !type.MatchesAllSubTypes).Select(type => type.MediaType.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return accept.OrderByDescending(type => type, MediaTypeHeaderValueComparer.QualityComparer)
            .Where(type => type.Quality is not 0)
            .Select(type => All.FirstOrDefault(format => type.MatchesMediaType(format.MediaType) && !refused.Contains(format.MediaType)))
            .FirstOrDefault(format => format is not null);
    }
}
