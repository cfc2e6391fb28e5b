namespace Zotify.Logging.Queries;

/// <summary>A search for jobs. The values of one filter are alternatives; different filters combine with AND.</summary>
public sealed record JobListQuery
{
    /// <summary><c>running</c>, <c>stalled</c>, <c>completed</c>, <c>failed</c> or <c>interrupted</c>; empty means any.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The types; empty means any.</summary>
    public IReadOnlyList<string> JobTypes { get; init; } = [];

    /// <summary>Not these statuses.</summary>
    public IReadOnlyList<string> ExcludedStatuses { get; init; } = [];

    /// <summary>Not these types. A job without a type stays.</summary>
    public IReadOnlyList<string> ExcludedJobTypes { get; init; } = [];

    /// <summary>Only jobs that had an entry at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only jobs that had an entry before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Terms separated by white space, each a substring without case: <c>term</c>, <c>"a phrase"</c>, and <c>-term</c> or
    /// <c>-"a phrase"</c> for what must not occur. They are looked for in the id, the type and the last message. In a phrase, <c>""</c>
    /// stands for one <c>"</c>.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public JobListOrder Order { get; init; }

    /// <summary>The most jobs in a page, 1 to 1000.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The <see cref="JobListPage.NextCursor"/> of the page before. The filters and the order must be the same.</summary>
    public string? Cursor { get; init; }
}
