using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>Reads a line of the audit journal.</summary>
internal static class AuditLine
{
    /// <summary>The row of the line.</summary>
    /// <exception cref="JsonException">The line is no JSON, or lacks what every line has.</exception>
    /// <exception cref="InvalidOperationException">A field is of another type, or not a text that Unicode knows.</exception>
    /// <exception cref="FormatException">The id is no UUID.</exception>
    public static AuditEventRow Parse(JournalLine line, long journalId)
    {
        using var document = LineFields.Parse(line.Utf8);
        var fields = document.RootElement;
        return new AuditEventRow
        {
            JournalId = journalId,
            Seq = line.Seq,
            Id = Guid.Parse(fields.RequiredText("id")),
            Timestamp = fields.Timestamp(),
            EventType = fields.RequiredText("event_type", ColumnLengths.Name),
            UserId = fields.Text("user_id", ColumnLengths.Name),
            SourceIp = fields.Text("source_ip", ColumnLengths.Name),
            Level = fields.RequiredText("level", ColumnLengths.Name),
            Category = fields.Text("category", ColumnLengths.Category) ?? "",
            EventId = fields.EventId(),
            Message = fields.Text("message"),
            Details = fields.Raw("details"),
            Scope = fields.Raw("scope"),
            Exception = fields.Text("exception"),
            TraceId = fields.Text("trace_id", ColumnLengths.Name),
            SpanId = fields.Text("span_id", ColumnLengths.Name),
            Instance = fields.RequiredText("instance", ColumnLengths.Instance),
            KeyId = fields.Text("key_id", ColumnLengths.Name),
            Hash = fields.Text("hash", ColumnLengths.Name),
        };
    }
}
