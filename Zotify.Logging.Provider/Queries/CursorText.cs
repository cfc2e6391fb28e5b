using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Zotify.Logging.Queries;

/// <summary>
/// The text of a cursor: a letter for its kind and version, its bytes, and a checksum, so that a cursor of another kind or a mistyped one
/// is refused. It is no secret: a forged cursor reads nothing that a filter would not.
/// </summary>
internal static class CursorText
{
    private const int ChecksumLength = sizeof(uint);

    // A multiple of three bytes, so that the texts of pieces join to the text of all.
    private const int PieceLength = 15;

    /// <summary>Writes a cursor. Equal cursors have equal texts.</summary>
    public static string Encode(char kind, ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = new byte[1 + content.Length + ChecksumLength];
        bytes[0] = (byte)kind;
        content.CopyTo(bytes[1..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^ChecksumLength..], Checksum(bytes[..^ChecksumLength]));
        return TextOf(bytes);
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
        if (BinaryPrimitives.ReadUInt32LittleEndian(cursor[^ChecksumLength..]) != Checksum(cursor[..^ChecksumLength])) return false;
        content = cursor[1..^ChecksumLength];
        // The decoder skips white space and padding, which no cursor has.
        return text.Length == Base64Url.GetEncodedLength(length);
    }

    /// <summary>
    /// The text of bytes, made of pieces that are too short for the vectorized encoder. The runtime would compile that for the first cursor
    /// of a process, which takes longer than all other code of the cursor.
    /// </summary>
    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (; bytes.Length > PieceLength; bytes = bytes[PieceLength..]) text.Append(Base64Url.EncodeToString(bytes[..PieceLength]));
        return text.Append(Base64Url.EncodeToString(bytes)).ToString();
    }

    // FNV-1a, which notices every change of a single byte. A cryptographic hash would load OpenSSL, for milliseconds of the first search.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 2_166_136_261u;
        foreach (var part in bytes) hash = unchecked((hash ^ part) * 16_777_619);
        return hash;
    }
}
