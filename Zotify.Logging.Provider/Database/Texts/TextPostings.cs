using System.Buffers.Binary;

namespace Zotify.Logging.Database;

/// <summary>
/// The form of a set of blocks in a page: a list of them, a list of all others, or a bit each, whichever is shortest. Before it is a number
/// whose two lowest bits are the form, and whose others are the length of the list, or the bytes of the bits.
/// </summary>
internal static class TextPostings
{
    private const int List = 0;
    private const int Others = 1;
    private const int Bits = 2;
    private const int FormBits = 2;

    /// <summary>Appends a set.</summary>
    public static void Write(List<byte> output, TextBlocks blocks)
    {
        var size = blocks.Size;
        var isList = size * 2 <= blocks.Count;
        var listed = isList ? size : blocks.Count - size;
        var bytes = (blocks.Count + 7) / 8;
        // A block of a list has one byte or two.
        if (listed < bytes)
        {
            var start = output.Count;
            VarInt.Write(output, ((ulong)listed << FormBits) | (isList ? List : (uint)Others));
            WriteList(output, blocks, isList);
            if (output.Count - start <= bytes) return;
            output.RemoveRange(start, output.Count - start);
        }

        VarInt.Write(output, ((ulong)bytes << FormBits) | Bits);
        foreach (var word in blocks.Words)
        {
            for (var i = 0; i < sizeof(ulong) && bytes > 0; i++, bytes--) output.Add((byte)(word >> (i * 8)));
        }
    }

    /// <summary>Reads the set at <paramref name="at"/> into <paramref name="blocks"/>, and moves there to its end.</summary>
    public static void Read(ReadOnlySpan<byte> input, ref int at, TextBlocks blocks)
    {
        var (form, length) = Head(input, ref at);
        if (form == Bits)
        {
            ReadBits(input.Slice(at, length), blocks.Words);
            at += length;
            return;
        }

        if (form == List) blocks.Clear();
        else blocks.Fill();
        for (int i = 0, block = -1; i < length; i++)
        {
            block += (int)VarInt.Read(input, ref at) + 1;
            if (form == List) blocks.Add(block);
            else blocks.Remove(block);
        }
    }

    /// <summary>Moves <paramref name="at"/> past the set there.</summary>
    public static void Skip(ReadOnlySpan<byte> input, ref int at)
    {
        var (form, length) = Head(input, ref at);
        if (form == Bits)
        {
            at += length;
            return;
        }

        for (var i = 0; i < length; i++) VarInt.Read(input, ref at);
    }

    private static (int Form, int Length) Head(ReadOnlySpan<byte> input, ref int at)
    {
        var head = VarInt.Read(input, ref at);
        return ((int)head & ((1 << FormBits) - 1), (int)(head >> FormBits));
    }

    private static void WriteList(List<byte> output, TextBlocks blocks, bool isList)
    {
        for (int block = 0, before = -1; block < blocks.Count; block++)
        {
            if (blocks.Has(block) != isList) continue;
            VarInt.Write(output, (ulong)(block - before - 1));
            before = block;
        }
    }

    private static void ReadBits(ReadOnlySpan<byte> bytes, Span<ulong> words)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < words.Length; i++)
        {
            var rest = bytes[(i * sizeof(ulong))..];
            if (rest.Length >= sizeof(ulong))
            {
                words[i] = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                continue;
            }

            padded.Clear();
            rest.CopyTo(padded);
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(padded);
        }
    }
}
