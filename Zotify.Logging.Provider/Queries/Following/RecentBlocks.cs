namespace Zotify.Logging.Queries;

/// <summary>The newest blocks of a log, without a hole between them; the oldest give way. Not thread-safe.</summary>
/// <param name="position">The position before the first block.</param>
/// <param name="kept">How many are kept.</param>
internal sealed class RecentBlocks<TItem>(string position, KeptBlocks kept)
    where TItem : IPositioned
{
    private readonly LogBlock<TItem>?[] _blocks = new LogBlock<TItem>?[kept.Count];
    private long _first;
    private long _next;
    private long _size;
    private string _end = position;

    /// <summary>Adds the block that follows the last one.</summary>
    public void Add(LogBlock<TItem> block)
    {
        while (_next - _first == kept.Count || (_size > kept.Size && _next > _first)) RemoveFirst();
        _blocks[_next++ % kept.Count] = block;
        _size += block.Size;
        _end = block.End;
    }

    /// <summary>Finds what comes right after a position; <see langword="null"/> where that is too old, too new, or inside an item.</summary>
    public TailSlot<TItem>? Find(string position)
    {
        if (_end == position) return new TailSlot<TItem>(this, _next, 0);
        for (var number = _next - 1; number >= _first; number--)
        {
            var block = _blocks[number % kept.Count]!;
            for (var i = block.Items.Count - 1; i >= 0; i--)
            {
                if (block.Items[i].Position == position) return new TailSlot<TItem>(this, number, i + 1);
            }

            if (block.Start == position) return new TailSlot<TItem>(this, number, 0);
        }

        return null;
    }

    /// <summary>Whether the block with a number gave way.</summary>
    public bool IsGone(long number) => number < _first;

    /// <summary>The block with a number that is not gone; <see langword="null"/> before there is one.</summary>
    public LogBlock<TItem>? At(long number) => number < _next ? _blocks[number % kept.Count] : null;

    private void RemoveFirst()
    {
        ref var block = ref _blocks[_first++ % kept.Count];
        _size -= block!.Size;
        block = null;
    }
}
