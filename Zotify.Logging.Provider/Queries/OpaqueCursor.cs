using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Zotify.Logging.Queries;

/// <summary>
/// Writes and reads cursors: opaque texts that clients hand back. Each has a letter for its kind and version, some numbers, and a checksum,
/// so that a cursor of another kind or a mistyped one is refused. Cursors are not secret: a forged one can read nothing that a filter could
/// not.
/// </summary>
internal static class OpaqueCursor
{
    private const int ChecksumLength = 4;

    /// <summary>Writes a cursor.</summary>
    public static string Encode(char kind, params ReadOnlySpan<long> numbers)
    {
        var bytes = new byte[1 + (numbers.Length * sizeof(long)) + ChecksumLength];
        bytes[0] = (byte)kind;
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + (i * sizeof(long))), numbers[i]);
        }

        Checksum(bytes).CopyTo(bytes.AsSpan(bytes.Length - ChecksumLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor of a kind into <paramref name="numbers"/>, all of them.</summary>
    /// <returns>Whether the text is such a cursor.</returns>
    public static bool TryDecode(string text, char kind, Span<long> numbers)
    {
        Span<byte> bytes = stackalloc byte[1 + (numbers.Length * sizeof(long)) + ChecksumLength];
        if (text.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var length)
            || length != bytes.Length
            || bytes[0] != kind
            || !Checksum(bytes).SequenceEqual(bytes[^ChecksumLength..]))
        {
            return false;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt64BigEndian(bytes[(1 + (i * sizeof(long)))..]);
        }

        return true;
    }

    /// <summary>Writes a cursor of a number and bytes of any length.</summary>
    public static string Encode(char kind, long number, ReadOnlySpan<byte> bytes)
    {
        var cursor = new byte[1 + sizeof(long) + bytes.Length + ChecksumLength];
        cursor[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(cursor.AsSpan(1), number);
        bytes.CopyTo(cursor.AsSpan(1 + sizeof(long)));
        Checksum(cursor).CopyTo(cursor.AsSpan(cursor.Length - ChecksumLength));
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>Reads a cursor of a kind, a number and bytes.</summary>
    /// <returns>Whether the text is such a cursor.</returns>
    public static bool TryDecode(string text, char kind, out long number, out byte[] bytes)
    {
        (number, bytes) = (0, []);
        if (!Base64Url.IsValid(text)) return false;
        var cursor = Base64Url.DecodeFromChars(text);
        if (cursor.Length < 1 + sizeof(long) + ChecksumLength || cursor[0] != kind) return false;
        if (!Checksum(cursor).SequenceEqual(cursor.AsSpan(cursor.Length - ChecksumLength))) return false;
        number = BinaryPrimitives.ReadInt64BigEndian(cursor.AsSpan(1));
        bytes = cursor[(1 + sizeof(long))..^ChecksumLength];
        return true;
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> cursor) =>
        SHA256.HashData(cursor[..^ChecksumLength]).AsSpan(0, ChecksumLength);
}
