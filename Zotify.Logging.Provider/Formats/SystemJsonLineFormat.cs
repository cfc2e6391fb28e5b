using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Formats;

/// <summary>
/// Writes a record as a line of the system log in JSON: keys in a fixed order, empty ones left out.
/// <code>{"timestamp":"2026-11-23T15:06:10.1234567Z","level":"Information","trace_id":"…","category":"Zotify.Sync","event_id":7,…}</code>
/// Every value is a string or number of JSON, so that none can end the line. Used by one thread at a time; static members by any.
/// </summary>
/// <param name="instance">The name of this writer.</param>
/// <param name="jobKey">Returns the name of the property or scope value that has a job's id.</param>
internal sealed class SystemJsonLineFormat(string instance, Func<string> jobKey) : ISystemLineFormat
{
    private static readonly byte[][] Levels = [.. Enumerable.Range(0, 6).Select(level => Encoding.UTF8.GetBytes($"{(LogLevel)level}"))];

    private readonly Utf8JsonWriter _json = new(Stream.Null, RecordJson.WriterOptions);

    /// <summary>
    /// The beginning of every line, up to the time. No line in text begins like this. Time and level have fixed places, so that a reader
    /// finds them without parsing the line.
    /// </summary>
    public static ReadOnlySpan<byte> BeforeTime => "{\"timestamp\":\""u8;

    /// <summary>What is between time and level.</summary>
    public static ReadOnlySpan<byte> BeforeLevel => "\",\"level\":\""u8;

    /// <summary>The level of a name; <see langword="null"/> where there is none.</summary>
    public static LogLevel? LevelOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Levels.Length; i++)
        {
            if (name.SequenceEqual(Levels[i])) return (LogLevel)i;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Write(LogRecord record, IBufferWriter<byte> output)
    {
        var job = RecordFact.Find(record, jobKey());
        _json.Reset(output);
        _json.WriteStartObject();
        RecordJson.WriteTime(_json, "timestamp"u8, record.Timestamp);
        _json.WriteString("level"u8, Levels[Math.Clamp((int)record.Level, 0, Levels.Length - 1)]);
        RecordJson.WriteText(_json, "trace_id"u8, record.TraceId);
        RecordJson.WriteText(_json, "span_id"u8, record.SpanId);
        _json.WriteString("category"u8, record.Category);
        if (record.EventId.Id != 0) _json.WriteNumber("event_id"u8, record.EventId.Id);
        RecordJson.WriteText(_json, "event_name"u8, record.EventId.Name);
        RecordJson.WriteText(_json, "message"u8, record.Message);
        RecordJson.WriteText(_json, "exception"u8, record.Exception);
        if (job.Text is { } id) _json.WriteString("job_id"u8, JobIds.Shorten(id));
        RecordJson.WriteValues(_json, "properties"u8, record.Properties, areProperties: true, job, default);
        RecordJson.WriteValues(_json, "scope"u8, record.Scope, areProperties: false, job, default);
        _json.WriteString("instance"u8, instance);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }
}
