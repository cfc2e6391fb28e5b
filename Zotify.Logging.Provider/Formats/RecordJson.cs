using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zotify.Logging.Formats;

/// <summary>Writes the parts of records as JSON, the same in every journal. Leaves empty parts out.</summary>
internal static class RecordJson
{
    /// <summary>
    /// Keeps text outside of ASCII readable. The encoder escapes control characters and line separators, so a line stays one line.
    /// </summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Only this assembly writes lines, and its tests parse them back.
        SkipValidation = true,
    };

    /// <summary>Writes the time.</summary>
    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[UtcText.Length];
        UtcText.Write(time, text);
        json.WriteString(name, text);
    }

    /// <summary>A property's value as text; <see langword="null"/> for null and the empty text.</summary>
    public static string? Text(object? value) => value switch
    {
        null or "" => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => TreeText(value),
    };

    /// <summary>Writes a text, unless it is empty.</summary>
    public static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }

    /// <summary>
    /// Writes the values as an object, without the two facts, which have keys of their own. Writes nothing where no value is left.
    /// </summary>
    /// <param name="json">The line.</param>
    /// <param name="name">The object's key.</param>
    /// <param name="values">The values.</param>
    /// <param name="areProperties">Whether they are the call's own properties.</param>
    /// <param name="fact">A fact to leave out.</param>
    /// <param name="other">Another fact to leave out.</param>
    public static void WriteValues(
        Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        IReadOnlyList<KeyValuePair<string, object?>> values,
        bool areProperties,
        in RecordFact fact,
        in RecordFact other)
    {
        var open = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (fact.Is(values[i].Key, areProperties) || other.Is(values[i].Key, areProperties)) continue;
            if (!open) json.WriteStartObject(name);
            open = true;
            json.WritePropertyName(values[i].Key);
            WriteValue(json, values[i].Value);
        }

        if (open) json.WriteEndObject();
    }

    private static string TreeText(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        WriteValue(json, value);
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case byte or sbyte or short or ushort or int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case uint or ulong: json.WriteNumberValue(Convert.ToUInt64(value, CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case float number: json.WriteNumberValue(number); break;
            case DateTime time: json.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: json.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case IReadOnlyDictionary<string, object?> entries:
                json.WriteStartObject();
                foreach (var (key, item) in entries)
                {
                    json.WritePropertyName(key);
                    WriteValue(json, item);
                }

                json.WriteEndObject();
                break;
            case IReadOnlyList<object?> items:
                json.WriteStartArray();
                foreach (var item in items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            case IFormattable formattable:
                // Dates, times and guids: their round-trip formats.
                json.WriteStringValue(formattable.ToString(value is DateOnly or TimeOnly ? "O" : null, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
