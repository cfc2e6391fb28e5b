using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>A query of the system log. Different filters combine with AND, the values of one with OR.</summary>
public sealed record SystemLogQuery
{
    /// <summary>Whether to wait for new lines after the last one.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>
    /// Only the last N entries that match; <see langword="null"/> means 100, or all if <see cref="Since"/>, <see cref="Until"/>,
    /// <see cref="After"/> or <see cref="Before"/> is given.
    /// </summary>
    public int? Tail { get; init; }

    /// <summary>Only entries at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only entries before this time; the stream ends there.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The lowest level.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Trace;

    /// <summary>Prefixes of categories; empty means all.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Trace ids; empty means all.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>
    /// Jobs, as the application named them; a long id is shortened as the handler shortens it. Empty means all. Only a line in JSON has a
    /// job.
    /// </summary>
    public IReadOnlyList<string> JobIds { get; init; } = [];

    /// <summary>
    /// Instances that wrote the entry; empty means all. Text does not name its writer: it counts as written by the instance whose log
    /// directory is read.
    /// </summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>Not these levels. Text that is not a line of the system log has no level, category, trace or job, and stays.</summary>
    public IReadOnlyList<LogLevel> ExcludedLevels { get; init; } = [];

    /// <summary>Not the categories with these prefixes.</summary>
    public IReadOnlyList<string> ExcludedCategories { get; init; } = [];

    /// <summary>Not these trace ids.</summary>
    public IReadOnlyList<string> ExcludedTraceIds { get; init; } = [];

    /// <summary>Not these jobs. What has no job stays.</summary>
    public IReadOnlyList<string> ExcludedJobIds { get; init; } = [];

    /// <summary>Not these instances.</summary>
    public IReadOnlyList<string> ExcludedInstances { get; init; } = [];

    /// <summary>
    /// Terms separated by white space, each a substring without case: <c>term</c>, <c>"a phrase"</c>, and <c>-term</c> or
    /// <c>-"a phrase"</c> for what must not occur. They are looked for in the message, exception, event, category and trace id, of text as
    /// they are in the file, and of a line in JSON also in the job, and the names and values of properties and
    /// scopes. In a phrase, <c>""</c> stands for one <c>"</c>.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The <see cref="LogItem{TEntry}.Cursor"/> of an item: the stream goes on right after it.</summary>
    public string? After { get; init; }

    /// <summary>
    /// The <see cref="LogItem{TEntry}.Cursor"/> of an entry: only the entries before it, without following; with <see cref="Tail"/>, the
    /// last of them.
    /// </summary>
    public string? Before { get; init; }

    /// <summary>The cursor of an entry: only the entries up to it and it itself, without following.</summary>
    internal string? Through { get; init; }

    /// <summary>
    /// Whether another reader merges the answer with those of other logs. It needs the cursor of the end, where nothing more matches, and
    /// a heartbeat every second.
    /// </summary>
    internal bool IsRelayed { get; init; }
}
