using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Capture;

/// <summary>Redacts the text of a JSON value: every character stays but those of the redacted values.</summary>
internal static class JsonText
{
    /// <summary>
    /// The text with <see cref="Redactor.Mark"/> in the place of each value whose name is redacted, at any depth. A text
    /// that is no JSON is no tree, and stays.
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
            // The text of a JSON string, which is shown without its quotes; or what stands behind the last redacted value.
            return copied == 0 ? json : text.Append(ValueSnapshot.Cut[0]).ToString();
        }

        return text.Append(Encoding.UTF8.GetString(bytes.AsSpan(copied))).ToString();
    }
}
