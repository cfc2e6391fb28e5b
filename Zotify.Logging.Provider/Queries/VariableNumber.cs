namespace Zotify.Logging.Queries;

/// <summary>
/// Numbers from 0 in as few bytes as they need, for cursors: seven bits a byte, the lowest first; the highest bit marks that more follow
/// (LEB128). Pure functions.
/// </summary>
internal static class VariableNumber
{
    /// <summary>Writes a number.</summary>
    public static void Write(List<byte> bytes, long number)
    {
        for (; number >= 0x80; number >>= 7) bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }

    /// <summary>Writes a number. Returns how many bytes it has, nine at most.</summary>
    public static int Write(Span<byte> bytes, long number)
    {
        var length = 0;
        for (; number >= 0x80; number >>= 7) bytes[length++] = (byte)(number | 0x80);
        bytes[length++] = (byte)number;
        return length;
    }

    /// <summary>Reads a number, and moves <paramref name="bytes"/> behind it. Returns false where there is none.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out long number)
    {
        number = 0;
        for (var shift = 0; shift < 63 && bytes.Length > 0; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            number |= (long)(next & 0x7F) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }
}
