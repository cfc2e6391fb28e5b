using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>A query of a job's entries. Different filters combine with AND.</summary>
/// <param name="JobId">The job, as the application named it; a long id is shortened as the handler shortens it.</param>
public sealed record JobLogQuery(string JobId)
{
    /// <summary>The <see cref="JobLogPage.NextAfter"/> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>
    /// The <see cref="JobLogPage.NextBefore"/> of a page: only the entries before it; with <see cref="Tail"/>, the last of them.
    /// </summary>
    public string? Before { get; init; }

    /// <summary>Only the last N matching entries.</summary>
    public int? Tail { get; init; }

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

    /// <summary>Only entries at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only entries before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The most entries in a page, 1 to 10000.</summary>
    public int Limit { get; init; } = 1_000;
}
