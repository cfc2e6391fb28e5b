using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>What streams send, as JSON on one line.</summary>
internal static class StreamJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { UtcTimeJson.For(typeof(DateTime))!, UtcTimeJson.For(typeof(DateTimeOffset))! },
    };

    private static readonly JsonSerializerOptions WithoutNulls = new(Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes an entry.</summary>
    public static void Write<TEntry>(TEntry entry, IBufferWriter<byte> output) => Write(entry, Options, output);

    /// <summary>Writes a row of a table, which does not know its position, with it.</summary>
    public static void Write<TRow>(TRow row, string position, IBufferWriter<byte> output)
    {
        var json = new ArrayBufferWriter<byte>(1024);
        Write(row, Options, json);
        // An object, which is never empty.
        output.Write(json.WrittenSpan[..^1]);
        output.Write(",\"position\":"u8);
        Write(position, Options, output);
        output.Write("}"u8);
    }

    /// <summary>Writes what is known of a value: what is null is left out.</summary>
    public static void WriteKnown<T>(T value, IBufferWriter<byte> output) => Write(value, WithoutNulls, output);

    /// <summary>The properties of an entry, in the order in which they are written.</summary>
    public static IList<JsonPropertyInfo> PropertiesOf<TEntry>() => Options.GetTypeInfo(typeof(TEntry)).Properties;

    private static void Write<T>(T value, JsonSerializerOptions options, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = options.Encoder });
        JsonSerializer.Serialize(json, value, options);
    }
}
