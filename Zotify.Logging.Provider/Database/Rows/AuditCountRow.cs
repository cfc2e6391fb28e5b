namespace Zotify.Logging;

/// <summary>A row of <c>audit_counts</c>: the number of events of one type in one hour.</summary>
public sealed class AuditCountRow
{
    /// <summary>The start of the hour, in UTC.</summary>
    public required DateTime Hour { get; set; }

    /// <summary>The event's type.</summary>
    public required string EventType { get; set; }

    /// <summary>The number of events.</summary>
    public required long Count { get; set; }
}
