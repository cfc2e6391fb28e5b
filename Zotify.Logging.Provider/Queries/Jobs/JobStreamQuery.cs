using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>A stream of a job's entries. Different filters combine with AND.</summary>
/// <param name="JobId">The job, as the application named it; a long id is shortened as the handler shortens it.</param>
internal sealed record JobStreamQuery(string JobId)
{
    /// <summary>Whether to wait for new entries after the last one, until the job ends.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Only the last N matching entries; <see langword="null"/> means all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only entries at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only entries before this time; the stream ends there.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The lowest level.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Trace;

    /// <summary>Not these levels.</summary>
    public IReadOnlyList<LogLevel> ExcludedLevels { get; init; } = [];

    /// <summary>
    /// Terms separated by white space, each a substring without case: <c>term</c>, <c>"a phrase"</c>, and <c>-term</c> or
    /// <c>-"a phrase"</c> for what must not occur. They are looked for in the message, exception, event, category, trace id, and the names
    /// and values of the properties. In a phrase, <c>""</c> stands for one <c>"</c>.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// The <see cref="LogItem{TEntry}.Cursor"/> of an item, or the <see cref="JobLogPage.NextAfter"/> of a page: the stream goes on right
    /// after it.
    /// </summary>
    public string? After { get; init; }

    /// <summary>
    /// The <see cref="LogItem{TEntry}.Cursor"/> of an entry, or the <see cref="JobLogPage.NextBefore"/> of a page: only the entries before
    /// it, without following; with <see cref="Tail"/>, the last of them.
    /// </summary>
    public string? Before { get; init; }
}
