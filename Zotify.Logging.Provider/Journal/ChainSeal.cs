using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Zotify.Logging.Journal;

/// <summary>Ends the lines of a chained journal with <c>key_id</c>, where a key signs, and <c>hash</c>. Not thread-safe.</summary>
internal sealed class ChainSeal : IDisposable
{
    private readonly HashChain _chain = new();

    /// <summary>Seals the line that begins at <paramref name="start"/> and ends the buffer, and returns its hash.</summary>
    public byte[] Seal(LineBuffer lines, int start, ReadOnlySpan<byte> previous, HashKey? key)
    {
        lines.Truncate(lines.Length - 1); // the closing brace
        if (key is not null)
        {
            lines.Write(",\"key_id\":\""u8);
            lines.Write(JsonEncodedText.Encode(key.Id).EncodedUtf8Bytes);
            lines.Write("\""u8);
        }

        var hash = _chain.Next(previous, lines.From(start), key);
        lines.Write(",\"hash\":\""u8);
        lines.Advance(Base64Url.EncodeToUtf8(hash, lines.GetSpan(Base64Url.GetEncodedLength(hash.Length))));
        lines.Write("\"}"u8);
        return hash;
    }

    /// <inheritdoc/>
    public void Dispose() => _chain.Dispose();
}
