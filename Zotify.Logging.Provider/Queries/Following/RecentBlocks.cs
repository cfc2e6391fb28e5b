namespace Zotify.Logging.Queries;

/// <summary>The newest blocks of a log, without a hole between them. A new block evicts the oldest. Not thread-safe.</summary>
/// <param name="cursor">The cursor before the first block.</param>
/// <param name="kept">How many are kept.</param>
internal sealed class RecentBlocks<TEntry>(string cursor, KeptBlocks kept)
{
    private readonly LogBlock<TEntry>?[] _blocks = new LogBlock<TEntry>?[kept.Count];
    private long _first;
    private long _next;
    private long _size;
    private string _end = cursor;

    /// <summary>Adds the block that follows the last one.</summary>
    public void Add(LogBlock<TEntry> block)
    {
        while (_next - _first == kept.Count || (_size > kept.Size && _next > _first)) RemoveFirst();
        _blocks[_next++ % kept.Count] = block;
        _size += block.Size;
        _end = block.End;
    }

    /// <summary>Finds the slot right after a cursor; <see langword="null"/> if that is too old, too new, or inside an item.</summary>
    public TailSlot<TEntry>? Find(string cursor)
    {
        if (_end == cursor) return new TailSlot<TEntry>(this, _next, 0);
        for (var number = _next - 1; number >= _first; number--)
        {
            var block = _blocks[number % kept.Count]!;
            for (var i = block.Items.Count - 1; i >= 0; i--)
            {
                if (block.Items[i].Cursor == cursor) return new TailSlot<TEntry>(this, number, i + 1);
            }

            if (block.Start == cursor) return new TailSlot<TEntry>(this, number, 0);
        }

        return null;
    }

    /// <summary>Whether the block with a number was evicted.</summary>
    public bool IsEvicted(long number) => number < _first;

    /// <summary>The block with a number that is not evicted; <see langword="null"/> before there is one.</summary>
    public LogBlock<TEntry>? At(long number) => number < _next ? _blocks[number % kept.Count] : null;

    private void RemoveFirst()
    {
        ref var block = ref _blocks[_first++ % kept.Count];
        _size -= block!.Size;
        block = null;
    }
}
