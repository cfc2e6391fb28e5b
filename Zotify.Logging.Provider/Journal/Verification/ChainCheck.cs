using System.Buffers.Text;

namespace Zotify.Logging.Journal;

/// <summary>Checks whether a line follows another in a chain. Not thread-safe.</summary>
/// <param name="keys">The keys that lines may be signed with.</param>
internal sealed class ChainCheck(IReadOnlyList<HashKey> keys) : IDisposable
{
    private readonly HashChain _chain = new();

    /// <summary>Returns why the line does not follow; otherwise <see langword="null"/>, and <paramref name="after"/> is its
    /// position.</summary>
    public string? Fault(in ChainLine line, ChainPosition before, out ChainPosition after)
    {
        after = before;
        if (line.Seq > before.Seq + 1) return $"it is missing: line {line.Seq} follows line {before.Seq}";
        if (line.Seq <= before.Seq) return $"the numbers go back: line {line.Seq} follows line {before.Seq}";
        if (!TryFind(line.KeyId, out var key))
            return $"it is signed with the key '{line.KeyId}', which is not configured: without that key it cannot be verified";
        // Somebody who rewrites a signed journal without its keys can write only unsigned lines.
        if (before.IsSigned && key is null) return $"it is not signed, and line {before.Seq} is";
        var hash = Next(before.Hash, line, key);
        if (!Matches(hash, line.Hash)) return "its hash does not follow from its content and the hash before: one of them was changed";
        after = new ChainPosition(line.Seq, hash, key is not null);
        return null;
    }

    /// <summary>Whether the line has the hash that follows from its content and a previous hash.</summary>
    public bool Links(ReadOnlySpan<byte> previous, in ChainLine line) =>
        TryFind(line.KeyId, out var key) && Matches(Next(previous, line, key), line.Hash);

    /// <inheritdoc/>
    public void Dispose() => _chain.Dispose();

    private byte[] Next(ReadOnlySpan<byte> previous, in ChainLine line, HashKey? key) => _chain.Next(previous, line.Hashed, key);

    /// <summary>Compares the texts: the last character of a hash has bits that decoding ignores, and they must not be changed
    /// either.</summary>
    private static bool Matches(byte[] hash, ReadOnlySpan<byte> stated)
    {
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(HashChain.Size)];
        Base64Url.EncodeToUtf8(hash, text);
        return stated.SequenceEqual(text);
    }

    private bool TryFind(string? keyId, out HashKey? key)
    {
        key = keyId is null ? null : keys.LastOrDefault(known => known.Id == keyId);
        return keyId is null || key is not null;
    }
}
