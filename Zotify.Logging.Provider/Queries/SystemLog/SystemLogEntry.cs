using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>An entry of the system log: its line, and the lines of its exception. Immutable.</summary>
/// <param name="Cursor">Opaque: hand it back to go on after this entry. <c>position</c> in JSON.</param>
/// <param name="Text">The entry as it is in the file, lines separated by <c>\n</c>, without the last line's end.</param>
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

    /// <summary>The message, escaped as in the file.</summary>
    public string? Message { get; init; }

    /// <summary>The exception's text, without the tabs that mark its lines in the file.</summary>
    public string? Exception { get; init; }

    /// <summary>The instance that wrote it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }

    /// <summary>
    /// Whether entries of a later time were given out before it. Only in a stream of several logs (<c>Zotify:Sources</c>): the entry
    /// arrived too late for its place in the order of time.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Late { get; init; }

    /// <summary>Whether it is an entry of a stream of several logs.</summary>
    internal bool IsMerged { get; init; }
}
