using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>
/// Times in JSON as in the files, in CSV and in text: UTC with seven digits of a second, also where the last ones are zeros, so that they
/// sort and compare as texts.
/// </summary>
internal static class UtcTimeJson
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>A time as it is in JSON.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The converters, by the types of time.</summary>
    public static JsonConverter? For(Type type) =>
        type == typeof(DateTime) ? new OfDateTime()
        : type == typeof(DateTime?) ? new OfNullable<DateTime>(new OfDateTime())
        : type == typeof(DateTimeOffset) ? new OfDateTimeOffset()
        : type == typeof(DateTimeOffset?) ? new OfNullable<DateTimeOffset>(new OfDateTimeOffset())
        : null;

    private sealed class OfDateTime : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTime();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            WriteText(writer, value);
    }

    private sealed class OfDateTimeOffset : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            WriteText(writer, value.UtcDateTime);
    }

    private sealed class OfNullable<T>(JsonConverter<T> converter) : JsonConverter<T?>
        where T : struct
    {
        public override bool HandleNull => true;

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? null : converter.Read(ref reader, typeof(T), options);

        public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
        {
            if (value is { } known) converter.Write(writer, known, options);
            else writer.WriteNullValue();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, DateTime value)
    {
        Span<char> text = stackalloc char[Format.Length];
        value.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
