namespace Zotify.Logging.Queries;

/// <summary>Which audit events are streamed.</summary>
/// <param name="Filter">
/// The filters of the search. The stream begins at <see cref="AuditQuery.From"/> and ends at <see cref="AuditQuery.To"/>; order, limit and
/// cursor are ignored.
/// </param>
internal sealed record AuditStreamQuery(AuditQuery Filter)
{
    /// <summary>Whether to wait for new events after the last one.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>
    /// Only the last N events that match; <see langword="null"/> means 100, or all if a time or <see cref="After"/> is given.
    /// </summary>
    public int? Tail { get; init; }

    /// <summary>The <see cref="LogItem{TEntry}.Cursor"/> of an item: the stream goes on right after it.</summary>
    public string? After { get; init; }
}
