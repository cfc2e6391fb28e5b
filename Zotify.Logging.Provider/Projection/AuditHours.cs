namespace Zotify.Logging.Projection;

/// <summary>The hours of <c>audit_counts</c>, and the order of its rows.</summary>
internal static class AuditHours
{
    /// <summary>The start of the hour of a time in UTC.</summary>
    public static DateTime Of(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);

    /// <summary>
    /// Groups events by the row that counts them. Every transaction that changes these rows locks them in this order, so that no two of
    /// them can deadlock: neither two instances that project, nor projection and retention.
    /// </summary>
    /// <param name="events">The events.</param>
    /// <param name="row">Returns the row of an event.</param>
    public static IEnumerable<IGrouping<(DateTime Hour, string EventType), TEvent>> InLockOrder<TEvent>(
        IEnumerable<TEvent> events, Func<TEvent, (DateTime Hour, string EventType)> row) =>
        events.GroupBy(row).OrderBy(e => e.Key.Hour).ThenBy(e => e.Key.EventType, StringComparer.Ordinal);
}
