using System.Buffers.Binary;

namespace Zotify.Logging.Database;

/// <summary>
/// A page of a run: codes in ascending order, each with its blocks. It begins with the run's last number and the page's first code, by
/// which a reader recognises that the run was replaced after the reader read which pages it has.
/// </summary>
/// <param name="Data">The bytes.</param>
internal readonly record struct TextPage(byte[] Data)
{
    private const int HeadLength = sizeof(long) + sizeof(uint);

    /// <summary>The most bytes of a page, so that it fills a page of SQLite's file. A set of blocks may exceed it.</summary>
    public const int MostBytes = 3_950;

    /// <summary>The beginning of a page.</summary>
    public static List<byte> Begin(long lastSeq, uint firstGram)
    {
        var page = new List<byte>(MostBytes);
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteInt64LittleEndian(head, lastSeq);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(long)..], firstGram);
        page.AddRange(head);
        return page;
    }

    /// <summary>Whether it is the page that a reader expects.</summary>
    public bool Is(long lastSeq, uint firstGram) =>
        Data.Length >= HeadLength
        && BinaryPrimitives.ReadInt64LittleEndian(Data) == lastSeq
        && BinaryPrimitives.ReadUInt32LittleEndian(Data.AsSpan(sizeof(long))) == firstGram;

    /// <summary>Reads the blocks of a code; empties the set where no block has it.</summary>
    public void Find(uint gram, TextBlocks blocks)
    {
        blocks.Clear();
        var at = HeadLength;
        for (uint before = FirstGram; at < Data.Length;)
        {
            before += (uint)VarInt.Read(Data, ref at);
            if (before > gram) return;
            if (before == gram)
            {
                TextPostings.Read(Data, ref at, blocks);
                return;
            }

            TextPostings.Skip(Data, ref at);
        }
    }

    /// <summary>All codes, in order, each with its blocks in the same set.</summary>
    public IEnumerable<uint> All(TextBlocks blocks)
    {
        var at = HeadLength;
        for (uint before = FirstGram; at < Data.Length;)
        {
            before += (uint)VarInt.Read(Data, ref at);
            TextPostings.Read(Data, ref at, blocks);
            yield return before;
        }
    }

    private uint FirstGram => BinaryPrimitives.ReadUInt32LittleEndian(Data.AsSpan(sizeof(long)));
}
