using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Queries;

/// <summary>
/// Parses a line in JSON: the inverse of <see cref="SystemJsonLineFormat"/>. Keys that it does not know are ignored, so that a log of a
/// newer version can be read. Pure functions.
/// </summary>
internal static class SystemJsonLineParser
{
    // A value is as deep as its writer made it.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = 1_000 };

    /// <summary>
    /// Parses an entry; <see langword="null"/> where its first line is not a line of the system log in JSON, such as one that was cut.
    /// </summary>
    /// <inheritdoc cref="SystemLineParser.Parse" path="/param"/>
    public static SystemLogEntry? TryParse(ReadOnlySpan<byte> entry, string cursor, string? instance)
    {
        var end = entry.IndexOf((byte)'\n');
        var line = end < 0 ? entry : entry[..end];
        if (!Utf8.IsValid(line)) return null;
        try
        {
            var reader = new Utf8JsonReader(line, AnyDepth);
            // Nothing may follow the object.
            if (Parse(ref reader, cursor, instance) is not { } parsed || reader.Read()) return null;
            return end < 0 || end + 1 == entry.Length ? parsed : WithFurtherLines(parsed, SystemLineParser.Decode(entry[(end + 1)..]));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // No JSON, a value of another type, or half of a surrogate pair.
            return null;
        }
    }

    private static SystemLogEntry? Parse(ref Utf8JsonReader reader, string cursor, string? instance)
    {
        var time = default(DateTimeOffset?);
        var level = default(LogLevel?);
        var (eventId, message) = (0, (string?)"");
        string? trace = null, span = null, category = null, eventName = null, exception = null, job = null;
        JsonElement? properties = null, scope = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsNext(ref reader, "timestamp"u8)) time = TimeOf(ref reader);
            else if (IsNext(ref reader, "level"u8)) level = SystemJsonLineFormat.LevelOf(reader.ValueSpan);
            else if (IsNext(ref reader, "trace_id"u8)) trace = reader.GetString();
            else if (IsNext(ref reader, "span_id"u8)) span = reader.GetString();
            else if (IsNext(ref reader, "category"u8)) category = reader.GetString();
            else if (IsNext(ref reader, "event_id"u8)) eventId = reader.GetInt32();
            else if (IsNext(ref reader, "event_name"u8)) eventName = reader.GetString();
            else if (IsNext(ref reader, "message"u8)) message = reader.GetString();
            else if (IsNext(ref reader, "exception"u8)) exception = reader.GetString();
            else if (IsNext(ref reader, "job_id"u8)) job = reader.GetString();
            else if (IsNext(ref reader, "properties"u8)) properties = ObjectOf(ref reader);
            else if (IsNext(ref reader, "scope"u8)) scope = ObjectOf(ref reader);
            else if (IsNext(ref reader, "instance"u8)) instance = reader.GetString();
            else reader.Skip();
        }

        if (time is null || level is null || category is null) return null;
        return new SystemLogEntry(cursor, "")
        {
            Format = SystemLogFormat.Json,
            Timestamp = time,
            Level = level.ToString(),
            TraceId = trace,
            SpanId = span,
            Category = category,
            EventId = eventId,
            EventName = eventName,
            Message = message,
            Exception = exception,
            JobId = job,
            Properties = properties,
            Scope = scope,
            Instance = instance,
        };
    }

    /// <summary>Whether the key is this one. If so, moves to its value.</summary>
    private static bool IsNext(ref Utf8JsonReader reader, ReadOnlySpan<byte> key) => reader.ValueTextEquals(key) && reader.Read();

    private static DateTimeOffset? TimeOf(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[UtcText.Length];
        return reader.ValueSpan.Length == text.Length
            && Encoding.ASCII.TryGetChars(reader.ValueSpan, text, out _)
            && UtcText.TryParse(text, out var time)
            ? time
            : null;
    }

    private static JsonElement ObjectOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException();
        var texts = reader;
        for (var depth = texts.CurrentDepth; texts.Read() && texts.CurrentDepth > depth;)
        {
            // Throws where a text is not valid, which otherwise would be noticed only while an answer is written.
            if (texts is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true }) _ = texts.GetString();
        }

        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The rest of an exception that another program put behind the line.</summary>
    private static SystemLogEntry WithFurtherLines(SystemLogEntry entry, string lines)
    {
        var further = SystemTextLineParser.Unmark(lines);
        return entry with { Exception = entry.Exception is { } exception ? $"{exception}\n{further}" : further };
    }
}
