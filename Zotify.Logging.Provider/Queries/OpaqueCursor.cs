using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Zotify.Logging.Queries;

/// <summary>
/// Positions as texts that clients give back and do not look into: a letter for the kind and version, some numbers, and a
/// checksum, so that a position of another kind or a mistyped one is told apart. No secret: whoever forges one reads
/// what a filter would have given as well.
/// </summary>
internal static class OpaqueCursor
{
    private const int ChecksumLength = 4;

    /// <summary>Writes a position.</summary>
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

    /// <summary>Reads a position of a kind into <paramref name="numbers"/>, all of them.</summary>
    /// <returns>Whether the text is such a position.</returns>
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

    /// <summary>Writes a position of a number and bytes of any length.</summary>
    public static string Encode(char kind, long number, ReadOnlySpan<byte> bytes)
    {
        var position = new byte[1 + sizeof(long) + bytes.Length + ChecksumLength];
        position[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(position.AsSpan(1), number);
        bytes.CopyTo(position.AsSpan(1 + sizeof(long)));
        Checksum(position).CopyTo(position.AsSpan(position.Length - ChecksumLength));
        return Base64Url.EncodeToString(position);
    }

    /// <summary>Reads a position of a kind, a number and bytes.</summary>
    /// <returns>Whether the text is such a position.</returns>
    public static bool TryDecode(string text, char kind, out long number, out byte[] bytes)
    {
        (number, bytes) = (0, []);
        if (!Base64Url.IsValid(text)) return false;
        var position = Base64Url.DecodeFromChars(text);
        if (position.Length < 1 + sizeof(long) + ChecksumLength || position[0] != kind || !Checksum(position).SequenceEqual(position.AsSpan(position.Length - ChecksumLength)))
            return false;
        number = BinaryPrimitives.ReadInt64BigEndian(position.AsSpan(1));
        bytes = position[(1 + sizeof(long))..^ChecksumLength];
        return true;
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> position) =>
        SHA256.HashData(position[..^ChecksumLength]).AsSpan(0, ChecksumLength);
}
