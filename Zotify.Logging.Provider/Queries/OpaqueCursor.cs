using System.Buffers.Binary;

namespace Zotify.Logging.Queries;

/// <summary>Writes and reads cursors of a fixed shape: some numbers, or a number and bytes of any length.</summary>
internal static class OpaqueCursor
{
    /// <summary>Writes a cursor.</summary>
    public static string Encode(char kind, params ReadOnlySpan<long> numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(long)];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * sizeof(long)), numbers[i]);
        return CursorText.Encode(kind, bytes);
    }

    /// <summary>Reads a cursor of a kind into <paramref name="numbers"/>, all of them.</summary>
    /// <returns>Whether the text is such a cursor.</returns>
    public static bool TryDecode(string text, char kind, Span<long> numbers)
    {
        if (!CursorText.TryDecode(text, kind, out var bytes) || bytes.Length != numbers.Length * sizeof(long)) return false;
        for (var i = 0; i < numbers.Length; i++) numbers[i] = BinaryPrimitives.ReadInt64BigEndian(bytes[(i * sizeof(long))..]);
        return true;
    }

    /// <summary>Writes a cursor of a number and bytes of any length.</summary>
    public static string Encode(char kind, long number, ReadOnlySpan<byte> bytes)
    {
        var content = new byte[sizeof(long) + bytes.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, number);
        bytes.CopyTo(content.AsSpan(sizeof(long)));
        return CursorText.Encode(kind, content);
    }

    /// <summary>Reads a cursor of a kind, a number and bytes.</summary>
    /// <returns>Whether the text is such a cursor.</returns>
    public static bool TryDecode(string text, char kind, out long number, out byte[] bytes)
    {
        (number, bytes) = (0, []);
        if (!CursorText.TryDecode(text, kind, out var content) || content.Length < sizeof(long)) return false;
        number = BinaryPrimitives.ReadInt64BigEndian(content);
        bytes = content[sizeof(long)..].ToArray();
        return true;
    }
}
