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
            var parsed = new SystemLogEntry(cursor, "") { Format = SystemLogFormat.Json, Instance = instance, EventId = 0, Message = "" };
            if (Parse(ref reader, parsed) is not { Timestamp: not null, Level: not null, Category: not null } whole) return null;
            // Nothing may follow the object.
            if (reader.Read()) return null;
            return end < 0 || end + 1 == entry.Length ? whole : WithFurtherLines(whole, SystemLineParser.Decode(entry[(end + 1)..]));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // No JSON, a value of another type, or half of a surrogate pair.
            return null;
        }
    }

    private static SystemLogEntry? Parse(ref Utf8JsonReader reader, SystemLogEntry entry)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "timestamp" when UtcText.TryParse(reader.GetString(), out var time): entry = entry with { Timestamp = time }; break;
                case "level" when LevelOf(ref reader) is { } level: entry = entry with { Level = level }; break;
                case "timestamp" or "level": return null;
                case "trace_id": entry = entry with { TraceId = reader.GetString() }; break;
                case "span_id": entry = entry with { SpanId = reader.GetString() }; break;
                case "category": entry = entry with { Category = reader.GetString() }; break;
                case "event_id": entry = entry with { EventId = reader.GetInt32() }; break;
                case "event_name": entry = entry with { EventName = reader.GetString() }; break;
                case "message": entry = entry with { Message = reader.GetString() }; break;
                case "exception": entry = entry with { Exception = reader.GetString() }; break;
                case "job_id": entry = entry with { JobId = reader.GetString() }; break;
                case "properties": entry = entry with { Properties = ObjectOf(ref reader) }; break;
                case "scope": entry = entry with { Scope = ObjectOf(ref reader) }; break;
                case "instance": entry = entry with { Instance = reader.GetString() }; break;
                default: reader.Skip(); break;
            }
        }

        return entry;
    }

    private static string? LevelOf(ref Utf8JsonReader reader) =>
        Enum.TryParse<LogLevel>(reader.GetString(), out var level) && level is >= LogLevel.Trace and < LogLevel.None
            ? level.ToString()
            : null;

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
