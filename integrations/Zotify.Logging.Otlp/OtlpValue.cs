using System.Text.Json;

namespace Zotify.Logging.Otlp;

/// <summary>Writes attributes and their values (AnyValue) in the JSON encoding of OTLP: 64-bit integers are texts.</summary>
internal static class OtlpValue
{
    /// <summary>Writes an attribute with a text.</summary>
    public static void WriteAttribute(Utf8JsonWriter json, string key, string text)
    {
        Begin(json, key);
        json.WriteString("stringValue"u8, text);
        End(json);
    }

    /// <summary>Writes an attribute with an integer.</summary>
    public static void WriteInteger(Utf8JsonWriter json, string key, string digits)
    {
        Begin(json, key);
        json.WriteString("intValue"u8, digits);
        End(json);
    }

    /// <summary>Writes an attribute with any value.</summary>
    public static void WriteAttribute(Utf8JsonWriter json, string key, JsonElement value)
    {
        Begin(json, key);
        WriteContent(json, value);
        End(json);
    }

    private static void Begin(Utf8JsonWriter json, string key)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteStartObject("value"u8);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                json.WriteString("stringValue"u8, value.GetString());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                json.WriteBoolean("boolValue"u8, value.GetBoolean());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out _):
                json.WriteString("intValue"u8, value.GetRawText());
                break;
            case JsonValueKind.Number when value.GetDouble() is var number && double.IsFinite(number) && IsExact(value, number):
                json.WriteNumber("doubleValue"u8, number);
                break;
            case JsonValueKind.Number:
                // A decimal keeps all its digits.
                json.WriteString("stringValue"u8, value.GetRawText());
                break;
            case JsonValueKind.Array:
                WriteArray(json, value);
                break;
            case JsonValueKind.Object:
                WriteObject(json, value);
                break;
        }
    }

    private static bool IsExact(JsonElement value, double number) =>
        !value.TryGetDecimal(out var exact) || (decimal.TryParse(
            number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out var read) && read == exact);

    private static void WriteArray(Utf8JsonWriter json, JsonElement array)
    {
        json.WriteStartObject("arrayValue"u8);
        json.WriteStartArray("values"u8);
        foreach (var item in array.EnumerateArray())
        {
            json.WriteStartObject();
            WriteContent(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartObject("kvlistValue"u8);
        json.WriteStartArray("values"u8);
        foreach (var property in value.EnumerateObject()) WriteAttribute(json, property.Name, property.Value);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
