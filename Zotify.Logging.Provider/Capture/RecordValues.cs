using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Provider.Capture;

/// <summary>
/// What a <see cref="LogRecord"/> says, by value: on its way through the queues a call needs no object of its own, and who
/// holds a copy holds all of it.
/// </summary>
internal record struct RecordValues
{
    public DateTimeOffset Timestamp;
    public LogLevel Level;
    public EventId EventId;
    public string Category;
    public string Message;
    public IReadOnlyList<KeyValuePair<string, object?>> Properties;
    public IReadOnlyList<KeyValuePair<string, object?>> Scope;
    public string? Exception;
    public string? TraceId;
    public string? SpanId;

    /// <summary>An estimate of the memory that it holds, in bytes.</summary>
    public int Size;

    /// <summary>Nothing was said.</summary>
    public static RecordValues None { get; } = new() { Category = "", Message = "", Properties = [], Scope = [] };
}
