namespace Zotify.Logging.Provider.Database.Entities;

/// <summary>An audit event: table <c>audit_events</c>.</summary>
internal sealed class AuditEventRow
{
    /// <summary>The table's own key, which a text index can rely on.</summary>
    public long RowId { get; set; }

    public long JournalId { get; set; }

    public long Seq { get; set; }

    public Guid Id { get; set; }

    public DateTime Timestamp { get; set; }

    public required string EventType { get; set; }

    public string? UserId { get; set; }

    public string? SourceIp { get; set; }

    public required string Level { get; set; }

    public required string Category { get; set; }

    public int? EventId { get; set; }

    public string? Message { get; set; }

    /// <summary>JSON.</summary>
    public string? Details { get; set; }

    /// <summary>JSON.</summary>
    public string? Scope { get; set; }

    public string? Exception { get; set; }

    public string? TraceId { get; set; }

    public string? SpanId { get; set; }

    public required string Instance { get; set; }

    public string? KeyId { get; set; }

    public string? Hash { get; set; }
}
