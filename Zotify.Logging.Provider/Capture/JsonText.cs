using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Capture;

/// <summary>Redacts the text of a JSON value. Only the redacted values change; every other character stays.</summary>
internal static class JsonText
{
    /// <summary>
    /// The text with <see cref="Redactor.Mark"/> in place of each value whose name is redacted, at any depth. A text that is not JSON is
    /// returned as it is.
    /// </summary>
    public static string Redact(string json, Redactor redactor)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var text = new StringBuilder(json.Length);
        var copied = 0;
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !redactor.Hides(reader.GetString()!)) continue;
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                text.Append(Encoding.UTF8.GetString(bytes.AsSpan(copied, start - copied))).Append('"').Append(Redactor.Mark).Append('"');
                copied = (int)reader.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            // Either the text of a JSON string, which comes without its quotes, or an invalid rest after the last redacted value.
            return copied == 0 ? json : text.Append(ValueSnapshot.Cut[0]).ToString();
        }

        return text.Append(Encoding.UTF8.GetString(bytes.AsSpan(copied))).ToString();
    }
}
