using System.Text.Json;
using System.Text.Json.Serialization;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Queries;

/// <summary>An entry of the system log: its line, and the lines of its exception. Immutable.</summary>
/// <param name="Cursor">Opaque: hand it back to go on after this entry. <c>position</c> in JSON.</param>
/// <param name="Text">
/// The entry as a line of text, and the lines of its exception, separated by <c>\n</c>, without the last line's end: as it is in the file,
/// or, where the file has JSON, as <see cref="SystemLogFormat.Text"/> writes it.
/// </param>
public sealed record SystemLogEntry(string Cursor, string Text) : LogItem<SystemLogEntry>(Cursor)
{
    /// <summary>The time of the call, in UTC; <see langword="null"/> if the text is not a line of the system log.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The level's name, such as <c>Information</c>.</summary>
    public string? Level { get; init; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The category.</summary>
    public string? Category { get; init; }

    /// <summary>The event's number.</summary>
    public int? EventId { get; init; }

    /// <summary>The event's name.</summary>
    public string? EventName { get; init; }

    /// <summary>The message. Where the file has text, escaped as in the file; where it has JSON, the message itself.</summary>
    public string? Message { get; init; }

    /// <summary>The exception's text, without the tabs that mark its lines in the file.</summary>
    public string? Exception { get; init; }

    /// <summary>
    /// The instance that wrote it. A line of text does not name it: then it is the instance whose log directory was read, or
    /// <see langword="null"/> where its name is not known.
    /// </summary>
    public string? Instance { get; init; }

    /// <summary>The span id. Only a line in JSON has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SpanId { get; init; }

    /// <summary>The job, as <c>job_logs</c> names it. Only a line in JSON has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobId { get; init; }

    /// <summary>The message's properties, an object. Only a line in JSON has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Properties { get; init; }

    /// <summary>The values of the scopes around the call, an object. Only a line in JSON has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Scope { get; init; }

    /// <summary>
    /// How its line is written. A line of text has its message, exception and names with the escapes that keep it one line.
    /// </summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SystemLogFormat>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SystemLogFormat Format { get; init; }

    /// <summary>
    /// Whether entries of a later time were given out before it. Only in a stream of several logs (<c>Zotify:Sources</c>): the entry
    /// arrived too late for its place in the order of time.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Late { get; init; }

    /// <summary>Whether it is an entry of a stream of several logs.</summary>
    internal bool IsMerged { get; init; }
}
