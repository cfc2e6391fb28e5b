using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Otlp;

/// <summary>
/// Writes a line of a journal as a LogRecord. Fields that the protocol has of its own go there; all others are attributes of the same
/// names. <c>journal</c> and <c>seq</c> are unique together, and so is <c>id</c>: receivers drop a repeated record by them.
/// </summary>
internal static class OtlpRecord
{
    private const int TraceIdLength = 32;
    private const int SpanIdLength = 16;

    /// <summary>Writes the record. A line that is not JSON becomes the body.</summary>
    public static void Write(Utf8JsonWriter json, JournalLine line, Guid journal)
    {
        json.WriteStartObject();
        try
        {
            using var document = JsonDocument.Parse(line.Utf8);
            WriteFields(json, document.RootElement);
            json.WriteStartArray("attributes"u8);
            WriteIds(json, line, journal, document.RootElement.TryGetProperty("id"u8, out _));
            foreach (var field in document.RootElement.EnumerateObject())
                if (!IsField(field)) OtlpValue.WriteAttribute(json, NameOf(field), field.Value);
            json.WriteEndArray();
        }
        catch (JsonException)
        {
            WriteBody(json, System.Text.Encoding.UTF8.GetString(line.Utf8.Span));
            json.WriteStartArray("attributes"u8);
            WriteIds(json, line, journal, hasId: false);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, JournalLine line, Guid journal, bool hasId)
    {
        var (id, seq) = (journal.ToString("D"), line.Seq.ToString(CultureInfo.InvariantCulture));
        OtlpValue.WriteAttribute(json, "journal", id);
        OtlpValue.WriteInteger(json, "seq", seq);
        if (!hasId) OtlpValue.WriteAttribute(json, "id", $"{id}:{seq}");
    }

    private static void WriteFields(Utf8JsonWriter json, JsonElement line)
    {
        if (Text(line, "timestamp"u8) is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            // The nanoseconds of 64 bits are a text in JSON.
            var nanoseconds = ((Int128)(time.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick)
                .ToString(CultureInfo.InvariantCulture);
            json.WriteString("timeUnixNano"u8, nanoseconds);
            json.WriteString("observedTimeUnixNano"u8, nanoseconds);
        }

        if (Text(line, "level"u8) is { } level)
        {
            if (Severity(level) is > 0 and var number) json.WriteNumber("severityNumber"u8, number);
            json.WriteString("severityText"u8, level);
        }

        if (Text(line, "message"u8) is { } message) WriteBody(json, message);
        if (Text(line, "trace_id"u8) is { Length: TraceIdLength } trace) json.WriteString("traceId"u8, trace);
        if (Text(line, "span_id"u8) is { Length: SpanIdLength } span) json.WriteString("spanId"u8, span);
        if ((Text(line, "event_type"u8) ?? Text(line, "event_name"u8)) is { Length: > 0 } name) json.WriteString("eventName"u8, name);
    }

    private static void WriteBody(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("body"u8);
        json.WriteString("stringValue"u8, text);
        json.WriteEndObject();
    }

    /// <summary>Whether a field is one of the record's own, or is written with the ids.</summary>
    private static bool IsField(JsonProperty field) => field.Name switch
    {
        "timestamp" or "level" or "message" => field.Value.ValueKind == JsonValueKind.String,
        "trace_id" => field.Value.ToString().Length == TraceIdLength,
        "span_id" => field.Value.ToString().Length == SpanIdLength,
        "seq" or "journal" => true,
        _ => false,
    };

    /// <summary>The name that OpenTelemetry's conventions give an exception's text; for all others their own.</summary>
    private static string NameOf(JsonProperty field) => field.Name == "exception" ? "exception.stacktrace" : field.Name;

    private static string? Text(JsonElement line, ReadOnlySpan<byte> name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The first number of the protocol's range for the level.</summary>
    private static int Severity(string level) => level switch
    {
        nameof(LogLevel.Trace) => 1,
        nameof(LogLevel.Debug) => 5,
        nameof(LogLevel.Information) => 9,
        nameof(LogLevel.Warning) => 13,
        nameof(LogLevel.Error) => 17,
        nameof(LogLevel.Critical) => 21,
        _ => 0,
    };
}
