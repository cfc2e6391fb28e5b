using System.Text.Json;

namespace Zotify.Logging.Queries;

/// <summary>An audit event, by the columns of <c>audit_events</c>.</summary>
public sealed record AuditEvent
{
    /// <summary>The event's id (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The journal's id.</summary>
    public required Guid Journal { get; init; }

    /// <summary>The number in the journal.</summary>
    public required long Seq { get; init; }

    /// <summary>The time of the call, in UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>The event's name, or its number.</summary>
    public required string EventType { get; init; }

    /// <summary>The user who caused the event.</summary>
    public string? UserId { get; init; }

    /// <summary>The address that the event came from.</summary>
    public string? SourceIp { get; init; }

    /// <summary>The level's name.</summary>
    public required string Level { get; init; }

    /// <summary>The category.</summary>
    public required string Category { get; init; }

    /// <summary>The event's number.</summary>
    public int? EventId { get; init; }

    /// <summary>The rendered message.</summary>
    public string? Message { get; init; }

    /// <summary>The message's other properties.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>The other values of the scopes.</summary>
    public JsonElement? Scope { get; init; }

    /// <summary>The exception's text.</summary>
    public string? Exception { get; init; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span id.</summary>
    public string? SpanId { get; init; }

    /// <summary>The instance that wrote it.</summary>
    public required string Instance { get; init; }

    /// <summary>The key of the hash, where one was set.</summary>
    public string? KeyId { get; init; }

    /// <summary>The hash of the chain.</summary>
    public string? Hash { get; init; }

    /// <summary>Converts a row of a journal.</summary>
    internal static AuditEvent Of(AuditEventRow row, Guid journal) => new()
    {
        Id = row.Id,
        Journal = journal,
        Seq = row.Seq,
        Timestamp = row.Timestamp,
        EventType = row.EventType,
        UserId = row.UserId,
        SourceIp = row.SourceIp,
        Level = row.Level,
        Category = row.Category,
        EventId = row.EventId,
        Message = row.Message,
        Details = JsonColumn.Read(row.Details),
        Scope = JsonColumn.Read(row.Scope),
        Exception = row.Exception,
        TraceId = row.TraceId,
        SpanId = row.SpanId,
        Instance = row.Instance,
        KeyId = row.KeyId,
        Hash = row.Hash,
    };
}
