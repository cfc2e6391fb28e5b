using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Queries;

/// <summary>Reads JSON of a column. Pure functions.</summary>
internal static class JsonColumn
{
    // Far deeper than any value that was captured, and small enough to be part of an answer.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <summary>
    /// The value; <see langword="null"/> where there is none. A text that is no JSON, because somebody changed the row, is given as a
    /// string: it must not make the other rows unreadable.
    /// </summary>
    public static JsonElement? Read(string? json)
    {
        if (json is null) return null;
        try
        {
            return JsonElement.Parse(json, Options);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // Half of a surrogate pair becomes U+FFFD.
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(json));
            return JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        }
    }
}
