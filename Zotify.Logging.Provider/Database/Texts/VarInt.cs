namespace Zotify.Logging.Database;

/// <summary>Whole numbers of variable length, seven bits a byte, the lowest first.</summary>
internal static class VarInt
{
    private const int Bits = 7;
    private const int More = 1 << Bits;

    /// <summary>Appends a number.</summary>
    public static void Write(List<byte> output, ulong number)
    {
        for (; number >= More; number >>= Bits) output.Add((byte)(number | More));
        output.Add((byte)number);
    }

    /// <summary>Appends a number that may be negative.</summary>
    public static void WriteSigned(List<byte> output, long number) => Write(output, (ulong)((number << 1) ^ (number >> 63)));

    /// <summary>Reads the number at <paramref name="at"/>, and moves there to its end.</summary>
    /// <exception cref="IndexOutOfRangeException">The bytes end before the number does.</exception>
    public static ulong Read(ReadOnlySpan<byte> input, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += Bits)
        {
            var part = input[at++];
            number |= (ulong)(part & (More - 1)) << shift;
            if (part < More) return number;
        }
    }

    /// <summary>Reads a number that may be negative.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static long ReadSigned(ReadOnlySpan<byte> input, ref int at)
    {
        var number = Read(input, ref at);
        return (long)(number >> 1) ^ -(long)(number & 1);
    }
}
