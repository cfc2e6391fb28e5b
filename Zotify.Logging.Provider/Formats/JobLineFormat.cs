using System.Buffers;
using System.Text.Json;
using Zotify.Logging.Records;

namespace Zotify.Logging.Formats;

/// <summary>Writes a job's record as a line: keys in a fixed order, empty ones left out. Used by one thread at a time.</summary>
/// <param name="instance">The name of this writer.</param>
/// <param name="scopeKey">Returns the name of the property or scope value that has the job's id.</param>
internal sealed class JobLineFormat(string instance, Func<string> scopeKey) : IJournalFormat<LogRecord>
{
    private readonly Utf8JsonWriter _json = new(Stream.Null, RecordJson.WriterOptions);

    /// <inheritdoc/>
    public void Write(LogRecord record, long seq, IBufferWriter<byte> output)
    {
        var job = RecordFact.Find(record, scopeKey());
        var type = RecordFact.Find(record, "job_type");
        var progress = JobProgress.Of(record);

        _json.Reset(output);
        _json.WriteStartObject();
        RecordJson.WriteTime(_json, "timestamp"u8, record.Timestamp);
        // A null job id is a job, too: its entries must not be lost.
        _json.WriteString("job_id"u8, JobIds.Shorten(job.Text ?? "(null)"));
        RecordJson.WriteText(_json, "job_type"u8, type.Text);
        _json.WriteString("level"u8, record.Level.ToString());
        _json.WriteString("category"u8, record.Category);
        if (record.EventId.Id != 0) _json.WriteNumber("event_id"u8, record.EventId.Id);
        RecordJson.WriteText(_json, "event_name"u8, record.EventId.Name);
        RecordJson.WriteText(_json, "message"u8, record.Message);
        RecordJson.WriteText(_json, "exception"u8, record.Exception);
        if (progress.Done is { } done) _json.WriteNumber("progress_done"u8, done);
        if (progress.Total is { } total) _json.WriteNumber("progress_total"u8, total);
        RecordJson.WriteValues(_json, "properties"u8, record.Properties, areProperties: true, job, type);
        RecordJson.WriteValues(_json, "scope"u8, record.Scope, areProperties: false, job, type);
        _json.WriteNumber("seq"u8, seq);
        RecordJson.WriteText(_json, "trace_id"u8, record.TraceId);
        RecordJson.WriteText(_json, "span_id"u8, record.SpanId);
        _json.WriteString("instance"u8, instance);
        _json.WriteEndObject();
        _json.Flush();
    }
}
