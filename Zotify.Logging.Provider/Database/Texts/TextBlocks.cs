using System.Numerics;

namespace Zotify.Logging.Database;

/// <summary>A set of blocks of a run, a bit each.</summary>
/// <param name="count">How many blocks the run has.</param>
internal sealed class TextBlocks(int count)
{
    /// <summary>How many blocks a word has.</summary>
    public const int WordBits = 64;

    private readonly ulong[] _words = new ulong[(count + WordBits - 1) / WordBits];

    /// <summary>How many blocks the run has.</summary>
    public int Count => count;

    /// <summary>How many blocks are in the set.</summary>
    public int Size
    {
        get
        {
            var size = 0;
            foreach (var word in _words) size += BitOperations.PopCount(word);
            return size;
        }
    }

    /// <summary>64 blocks each, the first in the lowest bit.</summary>
    public Span<ulong> Words => _words;

    /// <summary>Whether a block is in the set.</summary>
    public bool Has(int block) => (_words[block / WordBits] >> (block % WordBits) & 1) != 0;

    /// <summary>Adds a block.</summary>
    public void Add(int block) => _words[block / WordBits] |= 1UL << (block % WordBits);

    /// <summary>Removes a block.</summary>
    public void Remove(int block) => _words[block / WordBits] &= ~(1UL << (block % WordBits));

    /// <summary>Empties the set.</summary>
    public void Clear() => Array.Clear(_words);

    /// <summary>Adds all blocks.</summary>
    public void Fill()
    {
        Array.Fill(_words, ulong.MaxValue);
        if (count % WordBits is > 0 and var rest) _words[^1] = (1UL << rest) - 1;
    }

    /// <summary>Adds the blocks that the other set has.</summary>
    public void UnionWith(TextBlocks other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] |= other._words[i];
    }

    /// <summary>Keeps the blocks that the other set has, too.</summary>
    public void IntersectWith(TextBlocks other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] &= other._words[i];
    }

    /// <summary>The blocks of the set, in order.</summary>
    public IEnumerable<int> All()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i]; word != 0; word &= word - 1) yield return (i * WordBits) + BitOperations.TrailingZeroCount(word);
        }
    }
}
