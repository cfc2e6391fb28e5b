namespace Zotify.Logging.Queries;

/// <summary>A search of the audit events. Different filters combine with AND, the values of one with OR.</summary>
public sealed record AuditQuery
{
    /// <summary>Users; empty means all.</summary>
    public IReadOnlyList<string> UserIds { get; init; } = [];

    /// <summary>Event types; a <c>*</c> at the end stands for anything; empty means all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>Source addresses; empty means all.</summary>
    public IReadOnlyList<string> SourceIps { get; init; } = [];

    /// <summary>Trace ids; empty means all.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Instances; empty means all.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>
    /// Paths into <c>details</c>, each with values of which one must be there: strings, numbers as they were written, <c>true</c> or
    /// <c>false</c>. A path is <c>order.id</c>, or, for names of any kind, <c>[order][id]</c>, where a <c>]</c> of a name is written twice.
    /// The elements of a list go by the list's name.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Details { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Not these users. An event without a user stays, here and below.</summary>
    public IReadOnlyList<string> ExcludedUserIds { get; init; } = [];

    /// <summary>Not these event types; a <c>*</c> at the end stands for anything.</summary>
    public IReadOnlyList<string> ExcludedEventTypes { get; init; } = [];

    /// <summary>Not these source addresses.</summary>
    public IReadOnlyList<string> ExcludedSourceIps { get; init; } = [];

    /// <summary>Not these trace ids.</summary>
    public IReadOnlyList<string> ExcludedTraceIds { get; init; } = [];

    /// <summary>Not these instances.</summary>
    public IReadOnlyList<string> ExcludedInstances { get; init; } = [];

    /// <summary>Paths into <c>details</c>, as in <see cref="Details"/>, each with values of which none may be there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExcludedDetails { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Only events at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only events before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Terms separated by white space, each a substring without case: <c>term</c>, <c>"a phrase"</c>, and <c>-term</c> or
    /// <c>-"a phrase"</c> for what must not occur. They are looked for in the message, exception, type, user, address, category, trace id,
    /// and the names and values of details and scope. In a phrase, <c>""</c> stands for one <c>"</c>.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether the newest events come first.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>The most events in a page, 1 to 1000.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>
    /// The <see cref="AuditPage.NextCursor"/> of the page before, or the <see cref="AuditPage.PreviousCursor"/> of the page after.
    /// </summary>
    public string? Cursor { get; init; }
}
