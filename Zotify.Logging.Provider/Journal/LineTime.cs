using System.Text.Json;

namespace Zotify.Logging.Journal;

/// <summary>Reads the time of a line.</summary>
internal static class LineTime
{
    /// <summary>Reads the <c>timestamp</c> at the line's top level; <see langword="null"/> where there is none.</summary>
    public static DateTimeOffset? Of(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isTime = json.ValueTextEquals("timestamp"u8);
                json.Read();
                if (isTime) return json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var time) ? time : null;
                json.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not a line of a journal. The JSON reader throws InvalidOperationException where a text is not UTF-8.
        }

        return null;
    }
}
