namespace Zotify.Logging.Queries;

/// <summary>Events are gone by retention, between the place that was asked for or read last and the place where the log goes on.</summary>
/// <param name="From">Opaque: the place after the last event before them.</param>
/// <param name="Position">Opaque: the place before the first event after them, where to go on after this item.</param>
public sealed record AuditLogGap(string From, string Position) : AuditLogItem(Position)
{
    /// <summary>The time of the first event after them that matches, where there is one yet.</summary>
    public DateTimeOffset? ToTime { get; init; }
}
