namespace Zotify.Logging.Queries;

/// <summary>A page of audit events.</summary>
/// <param name="Items">The events, in the requested order.</param>
/// <param name="NextCursor">Opaque: goes on after this page; <see langword="null"/> on the last one.</param>
/// <param name="PreviousCursor">Opaque: goes back to the page before this one; <see langword="null"/> on the first one.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when the page is complete.</param>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Items, string? NextCursor, string? PreviousCursor, long Behind)
{
    /// <summary>
    /// The time, in UTC, of the last event that was compared, where the search stopped because going on would have taken long. The cursor
    /// goes on there. <see langword="null"/> where the page is full or the log has ended.
    /// </summary>
    public DateTime? StoppedAt { get; init; }
}
