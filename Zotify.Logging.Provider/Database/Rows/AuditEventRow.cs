namespace Zotify.Logging;

/// <summary>A row of <c>audit_events</c>: the fields of a line of the audit journal.</summary>
public sealed class AuditEventRow
{
    /// <summary>The row's number in the table. It never changes and is never given again.</summary>
    public long RowId { get; set; }

    /// <summary>The journal, as a row of <c>journals</c>.</summary>
    public required long JournalId { get; set; }

    /// <summary>The line's number in the journal.</summary>
    public required long Seq { get; set; }

    /// <summary>The event's id (UUIDv7). Not unique: a directory that was restored from a copy may tell of an event again.</summary>
    public required Guid Id { get; set; }

    /// <summary>The time of the call, in UTC.</summary>
    public required DateTime Timestamp { get; set; }

    /// <summary>The event's name, or its number.</summary>
    public required string EventType { get; set; }

    /// <summary>Who did it.</summary>
    public string? UserId { get; set; }

    /// <summary>From which address.</summary>
    public string? SourceIp { get; set; }

    /// <summary>The level's name.</summary>
    public required string Level { get; set; }

    /// <summary>The category.</summary>
    public required string Category { get; set; }

    /// <summary>The event's number.</summary>
    public int? EventId { get; set; }

    /// <summary>The rendered message.</summary>
    public string? Message { get; set; }

    /// <summary>The message's other properties, a JSON object as it stands in the journal.</summary>
    public string? Details { get; set; }

    /// <summary>The other values of the scopes, a JSON object as it stands in the journal.</summary>
    public string? Scope { get; set; }

    /// <summary>The exception's text.</summary>
    public string? Exception { get; set; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; set; }

    /// <summary>The span id.</summary>
    public string? SpanId { get; set; }

    /// <summary>The instance that wrote it.</summary>
    public required string Instance { get; set; }

    /// <summary>The key of the hash, where one was set.</summary>
    public string? KeyId { get; set; }

    /// <summary>The hash of the chain.</summary>
    public string? Hash { get; set; }
}
