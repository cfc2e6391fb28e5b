using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Zotify.Logging.Queries;

/// <summary>
/// The text of a cursor: a letter for its kind and version, its bytes, and a checksum, so that a cursor of another kind or a mistyped one
/// is refused. It is no secret: a forged cursor reads nothing that a filter would not.
/// </summary>
internal static class CursorText
{
    private const int ChecksumLength = 4;

    /// <summary>Writes a cursor. Equal cursors have equal texts.</summary>
    public static string Encode(char kind, ReadOnlySpan<byte> content)
    {
        var length = 1 + content.Length + ChecksumLength;
        Span<byte> bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        bytes[0] = (byte)kind;
        content.CopyTo(bytes[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..^ChecksumLength], hash);
        hash[..ChecksumLength].CopyTo(bytes[^ChecksumLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the content of a cursor of a kind. Returns whether the text is such a cursor; it never throws.</summary>
    public static bool TryDecode(string text, char kind, out ReadOnlySpan<byte> content)
    {
        content = default;
        // The methods named TryDecode throw on a text that is not base64url; this one reports it.
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done) return false;
        if (length <= ChecksumLength || bytes[0] != kind) return false;
        var cursor = bytes.AsSpan(0, length);
        if (!Checksum(cursor).SequenceEqual(cursor[^ChecksumLength..])) return false;
        content = cursor[1..^ChecksumLength];
        // The decoder skips white space and padding, which no cursor has.
        return text.Length == Base64Url.GetEncodedLength(length);
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> cursor) =>
        SHA256.HashData(cursor[..^ChecksumLength]).AsSpan(0, ChecksumLength);
}
