using System.Text.Json;

namespace Zotify.Logging.Journal;

/// <summary>A parsed line of a chained journal. It refers to the line's bytes, and is valid only as long as they are.</summary>
internal readonly ref struct ChainLine
{
    private const int HashLength = 43;

    private readonly ReadOnlySpan<byte> _line;

    private ChainLine(ReadOnlySpan<byte> line, long seq, string? keyId, bool isPruning)
    {
        _line = line;
        Seq = seq;
        KeyId = keyId;
        IsPruning = isPruning;
    }

    /// <summary>The line's number.</summary>
    public long Seq { get; }

    /// <summary>The key that signed the line; <see langword="null"/> for a plain hash.</summary>
    public string? KeyId { get; }

    /// <summary>Whether the line is named <c>audit.pruned</c>. <see cref="PruneAnchor"/> decides whether it really is one.</summary>
    public bool IsPruning { get; }

    /// <summary>The bytes that the hash covers.</summary>
    public ReadOnlySpan<byte> Hashed => _line[..^(BeforeHash.Length + HashLength + AfterHash.Length)];

    /// <summary>The hash as the line states it, base64url.</summary>
    public ReadOnlySpan<byte> Hash => _line[^(HashLength + AfterHash.Length)..^AfterHash.Length];

    private static ReadOnlySpan<byte> BeforeHash => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> AfterHash => "\"}"u8;

    /// <summary>Parses a line. Where it is not a line of a chain, <paramref name="fault"/> says why.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ChainLine parsed, out string fault)
    {
        parsed = default;
        fault = "it is no JSON object with a number seq";
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            long seq = 0;
            string? keyId = null;
            var isPruning = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isSeq = json.ValueTextEquals("seq"u8);
                var isKey = json.ValueTextEquals("key_id"u8);
                var isType = json.ValueTextEquals("event_type"u8);
                json.Read();
                if (isSeq && (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out seq))) return false;
                if (isKey) keyId = json.TokenType == JsonTokenType.String ? json.GetString() : "";
                if (isType) isPruning = json.TokenType == JsonTokenType.String && json.ValueTextEquals("audit.pruned"u8);
                json.Skip();
            }

            // The next read throws where something follows the object, such as a second line whose newline was removed.
            if (json.Read() || seq < 1) return false;
            // Compared byte by byte, so that nothing can be hidden next to the hash.
            fault = "it does not end with its hash";
            if (line.Length < BeforeHash.Length + HashLength + AfterHash.Length || !line.EndsWith(AfterHash)
                || !line[..^(HashLength + AfterHash.Length)].EndsWith(BeforeHash)) return false;
            parsed = new ChainLine(line, seq, keyId, isPruning);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The JSON reader throws InvalidOperationException where a text is not UTF-8.
            return false;
        }
    }
}
