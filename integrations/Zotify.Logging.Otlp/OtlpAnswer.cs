using System.Globalization;
using System.Text.Json;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Otlp;

/// <summary>Reads the answers of a collector.</summary>
internal static class OtlpAnswer
{
    /// <summary>What a collector refused of a request that succeeded. An answer without a partial success, or not in JSON, refuses
    /// nothing.</summary>
    public static ShippingResult Read(byte[] answer)
    {
        if (answer.Length == 0) return default;
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("partialSuccess", out var partial)
                || partial.ValueKind != JsonValueKind.Object) return default;
            var message = partial.TryGetProperty("errorMessage", out var text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()
                : null;
            return new ShippingResult(partial.TryGetProperty("rejectedLogRecords", out var count) ? Number(count) : 0, message);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The message of an answer that refuses a request: the field of its status, else its text.</summary>
    public static string Message(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message))
                return message.ToString();
        }
        catch (JsonException)
        {
            // A proxy answers in its own words.
        }

        return System.Text.Encoding.UTF8.GetString(answer).ReplaceLineEndings(" ").Trim();
    }

    /// <summary>A 64-bit number, which the encoding writes as a text; a number is allowed, too.</summary>
    private static long Number(JsonElement value) =>
        long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
