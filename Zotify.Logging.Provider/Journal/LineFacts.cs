using System.Text.Json;
using System.Text.Unicode;

namespace Zotify.Logging.Journal;

/// <summary>The parts of a line that the journal itself reads: its number and its hash.</summary>
internal readonly record struct LineFacts(long Seq, string? Hash)
{
    /// <summary>Reads only the number. Returns false for the same lines.</summary>
    public static bool TryReadSeq(ReadOnlySpan<byte> line, out long seq)
    {
        var isRead = Read(line, out var facts, readsHash: false);
        seq = facts.Seq;
        return isRead;
    }

    /// <summary>Reads a line. Returns false where it is no JSON object with a positive whole <c>seq</c> at its top level.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out LineFacts facts) => Read(line, out facts, readsHash: true);

    private static bool Read(ReadOnlySpan<byte> line, out LineFacts facts, bool readsHash)
    {
        facts = default;
        long seq = 0;
        string? hash = null;
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("seq"u8))
                {
                    json.Read();
                    if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out seq)) return false;
                }
                else if (json.ValueTextEquals("hash"u8))
                {
                    json.Read();
                    if (json.TokenType != JsonTokenType.String) hash = null;
                    // A hash that is no text makes the line no line, whether or not somebody reads it.
                    else if (readsHash || json.ValueIsEscaped) hash = json.GetString();
                    else if (!Utf8.IsValid(json.ValueSpan)) return false;
                }
                else
                {
                    json.Skip();
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The JSON reader throws InvalidOperationException where a text is not UTF-8.
            return false;
        }

        facts = new LineFacts(seq, hash);
        return seq > 0;
    }
}
