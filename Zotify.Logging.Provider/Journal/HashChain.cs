using System.Buffers.Text;
using System.Security.Cryptography;

namespace Zotify.Logging.Journal;

/// <summary>
/// The hash of a line: base64url(SHA-256(previous hash, 32 raw bytes ‖ the line's bytes before <c>,"hash"</c>)), or
/// HMAC-SHA-256 over the same bytes. Not thread-safe.
/// </summary>
internal sealed class HashChain : IDisposable
{
    /// <summary>The length of a hash, in bytes.</summary>
    public const int Size = 32;

    private readonly IncrementalHash _plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private IncrementalHash? _keyed;
    private HashKey? _key;

    /// <summary>The hash before the first line: 32 zero bytes.</summary>
    public static byte[] First => new byte[Size];

    /// <summary>Reads a hash from its text; <see langword="null"/> where the text is no hash.</summary>
    public static byte[]? Parse(string? text) =>
        text is not null && Base64Url.IsValid(text, out var length) && length == Size ? Base64Url.DecodeFromChars(text) : null;

    /// <summary>The hash of a line after <paramref name="previous"/>.</summary>
    public byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> line, HashKey? key)
    {
        var hash = key is null ? _plain : Keyed(key);
        hash.AppendData(previous);
        hash.AppendData(line);
        return hash.GetHashAndReset();
    }

    /// <summary>Frees the hashes.</summary>
    public void Dispose()
    {
        _plain.Dispose();
        _keyed?.Dispose();
    }

    private IncrementalHash Keyed(HashKey key)
    {
        if (_keyed is not null && _key is not null && _key.Key.Span.SequenceEqual(key.Key.Span)) return _keyed;
        _keyed?.Dispose();
        _key = key;
        return _keyed = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Key.Span);
    }
}
