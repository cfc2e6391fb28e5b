using System.Runtime.InteropServices;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Database;

/// <summary>Collects the codes of the rows of a small run. For one run.</summary>
/// <param name="size">The sizes of runs.</param>
/// <param name="firstSeq">The run's first number.</param>
/// <param name="lastSeq">The run's last number.</param>
internal sealed class TextRunBuilder(TextRunSize size, long firstSeq, long lastSeq)
{
    // A direct-mapped cache of the last block that a code was added for: most codes of a row are those of the row before.
    private const int CacheLength = 1 << 12;

    // The most codes of a block: ten times what one has of large events. More would only cost memory, in a transaction of the projector:
    // whoever may put any text into an event may put a code into it that no other event has.
    private const int MostOfBlock = 1 << 15;

    // A small run has at most 64 blocks, a bit each.
    private readonly Dictionary<uint, ulong> _blocks = [];
    private readonly int[] _counts = new int[TextBlocks.WordBits];
    private readonly (uint Gram, int Block)[] _recent = new (uint, int)[CacheLength];
    private readonly SearchedText _text = new();
    private readonly TextBlockTimes _times = new((int)((lastSeq - firstSeq) / size.BlockRows) + 1);

    /// <summary>The times of the rows.</summary>
    public TextBlockTimes Times => _times;

    /// <summary>Adds a row.</summary>
    public void Add(AuditEventRow row)
    {
        var block = (int)((row.Seq - firstSeq) / size.BlockRows);
        _times.Add(block, row.Timestamp.Ticks, row.Timestamp.Ticks);
        _text.Clear();
        AuditEventFields.Add(row, _text);
        Add(block, _text.Folded);
        foreach (var (column, value) in TextValues.Of(row)) Add(block, TextGrams.OfValue(column, value));
    }

    /// <summary>The run's pages.</summary>
    public (IReadOnlyList<byte[]> Pages, byte[] Firsts) Build()
    {
        var grams = _blocks.Keys.ToArray();
        Array.Sort(grams);
        var output = new TextPagesWriter(lastSeq);
        var blocks = new TextBlocks((int)((lastSeq - firstSeq) / size.BlockRows) + 1);
        foreach (var gram in grams)
        {
            // A small run has one word of blocks.
            blocks.Words[0] = _blocks[gram];
            output.Add(gram, blocks);
        }

        return output.End();
    }

    private void Add(int block, ReadOnlySpan<char> text)
    {
        for (var i = TextGrams.Length - 1; i < text.Length; i++)
        {
            // Between two fields: no phrase has it.
            if (text[i] == SearchedText.Separator)
            {
                i += TextGrams.Length - 1;
                continue;
            }

            Add(block, TextGrams.Of(text[i - 2], text[i - 1], text[i]));
        }
    }

    private void Add(int block, uint gram)
    {
        ref var recent = ref _recent[gram % CacheLength];
        // Blocks count from 1 in the cache, whose entries are 0 at first.
        if (recent == (gram, block + 1)) return;
        recent = (gram, block + 1);
        // A block with too many counts as having every code.
        if (_counts[block] > MostOfBlock) return;
        if (_counts[block] == MostOfBlock) gram = TextGrams.Every;
        ref var blocks = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, gram, out _);
        if ((blocks >> block & 1) == 0) _counts[block]++;
        blocks |= 1UL << block;
    }
}
