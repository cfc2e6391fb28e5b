using System.Text;
using System.Text.Json;
using Zotify.Logging.Records;

namespace Zotify.Logging.Database;

/// <summary>Reads the fields of a journal's line. Cuts texts to the lengths of their columns. Names are UTF-8.</summary>
internal static class LineFields
{
    /// <summary>Reads the line's object.</summary>
    /// <exception cref="JsonException">The line is not a JSON object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        var document = JsonDocument.Parse(utf8);
        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw new JsonException("The line is no JSON object.");
    }

    /// <summary>A text; <see langword="null"/> where the field is missing.</summary>
    /// <exception cref="InvalidOperationException">The field is not a text.</exception>
    public static string? Text(this JsonElement line, ReadOnlySpan<byte> name, int length = int.MaxValue)
    {
        if (!line.TryGetProperty(name, out var value) || value.GetString() is not { } text) return null;
        return ColumnText.Fit(text, length);
    }

    /// <summary>A text that every line has.</summary>
    /// <exception cref="JsonException">The field is missing.</exception>
    /// <exception cref="InvalidOperationException">The field is not a text.</exception>
    public static string RequiredText(this JsonElement line, ReadOnlySpan<byte> name, int length = int.MaxValue) =>
        line.Text(name, length) ?? throw new JsonException($"The line has no {Encoding.UTF8.GetString(name)}.");

    /// <summary>The time of the line, in UTC.</summary>
    /// <exception cref="JsonException">The field is missing, or not a time.</exception>
    public static DateTime Timestamp(this JsonElement line) =>
        line.TryGetProperty("timestamp"u8, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.TryGetDateTimeOffset(out var time)
            ? time.UtcDateTime
            : throw new JsonException("The line has no timestamp.");

    /// <summary>A whole number; <see langword="null"/> where the field is missing, or out of range.</summary>
    public static long? Number(this JsonElement line, ReadOnlySpan<byte> name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>The event's number; <see langword="null"/> where the field is missing, or out of range.</summary>
    public static int? EventId(this JsonElement line) =>
        line.Number("event_id"u8) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>A value as it is written in the line; <see langword="null"/> where the field is missing.</summary>
    public static string? Raw(this JsonElement line, ReadOnlySpan<byte> name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : null;
}
