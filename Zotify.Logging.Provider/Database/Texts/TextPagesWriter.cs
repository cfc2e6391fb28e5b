using System.Buffers.Binary;

namespace Zotify.Logging.Database;

/// <summary>Divides the codes of a run into pages. For one run.</summary>
/// <param name="lastSeq">The run's last number.</param>
internal sealed class TextPagesWriter(long lastSeq)
{
    private readonly List<byte[]> _pages = [];
    private readonly List<byte> _firsts = [];
    private readonly List<byte> _entry = [];
    private List<byte>? _page;
    private uint _before;

    /// <summary>Adds a code, above all codes that were added, with its blocks.</summary>
    public void Add(uint gram, TextBlocks blocks)
    {
        _entry.Clear();
        TextPostings.Write(_entry, blocks);
        // A difference has at most five bytes. The run tells by the first code of its last page whether it has the code of all.
        if (_page is null || gram == TextGrams.Every || _page.Count + _entry.Count + 5 > TextPage.MostBytes) Begin(gram);
        VarInt.Write(_page!, gram - _before);
        _page!.AddRange(_entry);
        _before = gram;
    }

    /// <summary>The pages in order, and the first code of each, four bytes each.</summary>
    public (IReadOnlyList<byte[]> Pages, byte[] Firsts) End()
    {
        if (_page is not null) _pages.Add([.. _page]);
        _page = null;
        return (_pages, [.. _firsts]);
    }

    private void Begin(uint gram)
    {
        if (_page is not null) _pages.Add([.. _page]);
        _page = TextPage.Begin(lastSeq, gram);
        _before = gram;
        Span<byte> first = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(first, gram);
        _firsts.AddRange(first);
    }
}
