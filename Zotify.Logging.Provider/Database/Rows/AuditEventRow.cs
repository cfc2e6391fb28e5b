using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Database;
using Zotify.Logging.Records;
using Column = Zotify.Logging.Database.LineColumn<Zotify.Logging.AuditEventRow>;

namespace Zotify.Logging;

/// <summary>A row of <c>audit_events</c>: the fields of a line of the audit journal.</summary>
public sealed class AuditEventRow
{
    /// <summary>Creates a row whose required members the caller sets.</summary>
    public AuditEventRow()
    {
    }

    /// <summary>Creates a row whose members are set by <see cref="Columns"/>.</summary>
    [SetsRequiredMembers]
    internal AuditEventRow(long journalId, long seq)
    {
        JournalId = journalId;
        Seq = seq;
        EventType = Level = Category = Instance = "";
    }

    /// <summary>The row's number in the table. It never changes, and is never reused.</summary>
    public long RowId { get; set; }

    /// <summary>The journal, as a row of <c>journals</c>.</summary>
    public required long JournalId { get; set; }

    /// <summary>The line's number in the journal.</summary>
    public required long Seq { get; set; }

    /// <summary>The event's id (UUIDv7). Not unique: a directory that was restored from a copy may repeat an event.</summary>
    public required Guid Id { get; set; }

    /// <summary>The time of the call, in UTC.</summary>
    public required DateTime Timestamp { get; set; }

    /// <summary>The event's name, or its number.</summary>
    public required string EventType { get; set; }

    /// <summary>The user who caused the event.</summary>
    public string? UserId { get; set; }

    /// <summary>The address that the event came from.</summary>
    public string? SourceIp { get; set; }

    /// <summary>The level's name.</summary>
    public required string Level { get; set; }

    /// <summary>The category.</summary>
    public required string Category { get; set; }

    /// <summary>The event's number.</summary>
    public int? EventId { get; set; }

    /// <summary>The rendered message.</summary>
    public string? Message { get; set; }

    /// <summary>The message's other properties, a JSON object as the journal has it.</summary>
    public string? Details { get; set; }

    /// <summary>The other values of the scopes, a JSON object as the journal has it.</summary>
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

    /// <summary>
    /// All columns but <c>row_id</c>, which the engine assigns: the one list that parser, tables, readers, export and model follow. See
    /// CONTRIBUTING.md, "Add a column".
    /// </summary>
    internal static ImmutableArray<LineColumn<AuditEventRow>> Columns { get; } =
    [
        Column.Key("journal_id", row => row.JournalId, (row, value) => row.JournalId = value),
        Column.Key("seq", row => row.Seq, (row, value) => row.Seq = value),
        Column.Id("id", row => row.Id, (row, value) => row.Id = value),
        Column.Timestamp(row => row.Timestamp, (row, value) => row.Timestamp = value),
        Column.RequiredText("event_type", ColumnLengths.Name, row => row.EventType, (row, value) => row.EventType = value),
        Column.OptionalText("user_id", ColumnLengths.Name, row => row.UserId, (row, value) => row.UserId = value),
        Column.OptionalText("source_ip", ColumnLengths.Name, row => row.SourceIp, (row, value) => row.SourceIp = value),
        Column.RequiredText("level", ColumnLengths.Name, row => row.Level, (row, value) => row.Level = value),
        Column.TextOrEmpty("category", ColumnLengths.Category, row => row.Category, (row, value) => row.Category = value),
        Column.EventId(row => row.EventId, (row, value) => row.EventId = value),
        Column.OptionalText("message", length: null, row => row.Message, (row, value) => row.Message = value),
        Column.Json("details", row => row.Details, (row, value) => row.Details = value),
        Column.Json("scope", row => row.Scope, (row, value) => row.Scope = value),
        Column.OptionalText("exception", length: null, row => row.Exception, (row, value) => row.Exception = value),
        Column.OptionalText("trace_id", ColumnLengths.Name, row => row.TraceId, (row, value) => row.TraceId = value),
        Column.OptionalText("span_id", ColumnLengths.Name, row => row.SpanId, (row, value) => row.SpanId = value),
        Column.RequiredText("instance", ColumnLengths.Instance, row => row.Instance, (row, value) => row.Instance = value),
        Column.OptionalText("key_id", ColumnLengths.Name, row => row.KeyId, (row, value) => row.KeyId = value),
        Column.OptionalText("hash", ColumnLengths.Name, row => row.Hash, (row, value) => row.Hash = value),
    ];
}
