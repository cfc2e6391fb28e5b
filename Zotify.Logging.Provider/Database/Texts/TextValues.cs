namespace Zotify.Logging.Database;

/// <summary>The values by which the index of the texts finds rows, as a whole and in their case.</summary>
internal static class TextValues
{
    /// <summary>The column of events' ids.</summary>
    public const string Id = "e.id";

    /// <summary>The values of a row, each with its column of <c>audit_events AS e</c>.</summary>
    public static IEnumerable<(string Column, string Value)> Of(AuditEventRow row)
    {
        yield return ("e.event_type", row.EventType);
        yield return ("e.instance", row.Instance);
        if (row.UserId is { } user) yield return ("e.user_id", user);
        if (row.SourceIp is { } address) yield return ("e.source_ip", address);
        if (row.TraceId is { } trace) yield return ("e.trace_id", trace);
        // All other events are found by the time that is in their id.
        if (EventIdTimes.Of(row.Id) is not { } times || row.Timestamp < times.From || row.Timestamp >= times.To)
            yield return (Id, row.Id.ToString("D"));
    }
}
