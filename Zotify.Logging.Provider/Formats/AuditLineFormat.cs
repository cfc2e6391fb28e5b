using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Zotify.Logging.Formats;

/// <summary>
/// Writes an audit event as a line: one schema, keys in a fixed order, empty ones left out. The journal adds <c>key_id</c> and <c>hash</c>.
/// Used by one thread at a time; static members by any.
/// </summary>
/// <param name="instance">The name of this writer.</param>
internal sealed class AuditLineFormat(string instance) : IJournalFormat<LogRecord>
{
    private readonly Utf8JsonWriter _json = new(Stream.Null, RecordJson.WriterOptions);
    private readonly TimedIds _ids = new();

    /// <summary>The event's name, else its number.</summary>
    public static string EventType(LogRecord record) =>
        string.IsNullOrEmpty(record.EventId.Name) ? record.EventId.Id.ToString(CultureInfo.InvariantCulture) : record.EventId.Name;

    /// <summary>The category and event type as the line has them. Where an application used reserved names, with the prefix.</summary>
    public static (string Category, string EventType) NamesOf(LogRecord record)
    {
        var type = EventType(record);
        return record.IsSelfEvent ? (record.Category, type) : (ReservedNames.OfCategory(record.Category), ReservedNames.OfEventType(type));
    }

    /// <inheritdoc/>
    public void Write(LogRecord record, long seq, IBufferWriter<byte> output)
    {
        var user = RecordFact.Find(record, "user_id");
        var source = RecordFact.Find(record, "source_ip");
        var (category, eventType) = NamesOf(record);

        _json.Reset(output);
        _json.WriteStartObject();
        RecordJson.WriteTime(_json, "timestamp"u8, record.Timestamp);
        _json.WriteString("event_type"u8, eventType);
        RecordJson.WriteText(_json, "user_id"u8, user.Text);
        RecordJson.WriteValues(_json, "details"u8, record.Properties, areProperties: true, user, source);
        RecordJson.WriteValues(_json, "scope"u8, record.Scope, areProperties: false, user, source);
        _json.WriteNumber("seq"u8, seq);
        _json.WriteString("id"u8, _ids.Next(record.Timestamp));
        _json.WriteString("level"u8, record.Level.ToString());
        _json.WriteString("category"u8, category);
        if (record.EventId.Id != 0) _json.WriteNumber("event_id"u8, record.EventId.Id);
        RecordJson.WriteText(_json, "message"u8, record.Message);
        RecordJson.WriteText(_json, "exception"u8, record.Exception);
        RecordJson.WriteText(_json, "source_ip"u8, source.Text);
        RecordJson.WriteText(_json, "trace_id"u8, record.TraceId);
        RecordJson.WriteText(_json, "span_id"u8, record.SpanId);
        _json.WriteString("instance"u8, instance);
        _json.WriteEndObject();
        _json.Flush();
    }
}
