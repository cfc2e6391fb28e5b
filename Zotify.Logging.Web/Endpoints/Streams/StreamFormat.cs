using System.IO.Pipelines;
using Microsoft.Net.Http.Headers;
using Zotify.Logging.Provider.Queries.SystemLog;

namespace Zotify.Logging.Web.Endpoints.Streams;

/// <summary>How a stream is written. Thread-safe: formats keep nothing.</summary>
internal abstract class StreamFormat
{
    private static readonly StreamFormat[] Formats = [new PlainText(), new NdJson(), new ServerSentEvents()];

    /// <summary>The value of <c>Content-Type</c>.</summary>
    public abstract string ContentType { get; }

    /// <summary>The media type that is asked for.</summary>
    protected abstract string Type { get; }

    /// <summary>The format that the client likes best; the first where it does not say; <see langword="null"/> where it takes none.</summary>
    public static StreamFormat? For(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        if (accept.Count == 0) return Formats[0];
        return accept.OrderByDescending(type => type, MediaTypeHeaderValueComparer.QualityComparer)
            .Where(type => type.Quality is not 0)
            .Select(type => Formats.FirstOrDefault(format => (type.MatchesAllTypes || type.MatchesMediaType(format.Type)) && !IsRefused(format, accept)))
            .FirstOrDefault(format => format is not null);
    }

    private static bool IsRefused(StreamFormat format, IList<MediaTypeHeaderValue> accept) =>
        accept.Any(type => type.Quality is 0 && type.MediaType.Equals(format.Type, StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes what comes before the first item.</summary>
    public virtual void WriteStart(PipeWriter output)
    {
    }

    /// <summary>Writes an item.</summary>
    public abstract void Write(SystemLogItem item, PipeWriter output);
}
