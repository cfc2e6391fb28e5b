using Zotify.Logging.AspNetCore.Streams;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The id of the last event that a client of a stream received.</summary>
internal static class LastEventId
{
    /// <summary>
    /// The id; <see langword="null"/> where the client sent none. A browser that reconnects repeats its first request with this id, which
    /// then wins over a tail.
    /// </summary>
    /// <exception cref="InvalidParameterException">There are several: a stream cannot go on after each of them.</exception>
    public static string? Of(HttpRequest request) => request.Headers[StreamRequest.LastEventId] switch
    {
        { Count: > 1 } => throw new InvalidParameterException(StreamRequest.LastEventId, "It may be given once."),
        [{ Length: > 0 } last] => last,
        _ => null,
    };
}
