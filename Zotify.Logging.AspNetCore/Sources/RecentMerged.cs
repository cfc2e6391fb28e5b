using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The newest blocks of a run, without a hole between them: those of the last seconds, because a subscriber that joins is that far behind.
/// A new block evicts the oldest. Few of them are kept open. Not thread-safe.
/// </summary>
/// <param name="start">The cursor before the first block; nobody changes it.</param>
internal sealed class RecentMerged(MergedCursor start)
{
    /// <summary>The most characters of text, not counting the last block: over two seconds of 8,000 lines a second.</summary>
    public const long MaxSize = 2 * 1024 * 1024;

    /// <summary>
    /// The most characters of blocks that are kept open: what subscribers read at the moment. Written in a format, a block takes about
    /// eight times its size.
    /// </summary>
    private const long MaxOpen = 512 * 1024;

    private readonly List<MergedBlock> _blocks = [];
    private readonly Queue<MergedBlock> _open = [];
    private MergedCursor _start = start;
    private long _size;
    private long _openSize;

    /// <summary>The number of the first item that is kept.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The number of the next item.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>Up to when everything was given out before the newer half of what is kept.</summary>
    public DateTimeOffset MiddleTime => _blocks.Count == 0 ? _start.Time : _blocks[_blocks.Count / 2].Start.Time;

    /// <summary>Adds the block that follows the last one.</summary>
    public void Add(MergedBlock block)
    {
        var evicted = 0;
        while (evicted < _blocks.Count && _size > MaxSize)
        {
            var oldest = _blocks[evicted++];
            _size -= oldest.Size;
            First = oldest.Next;
        }

        _blocks.RemoveRange(0, evicted);
        _start = _blocks.Count == 0 ? block.Start : _blocks[0].Start;
        _blocks.Add(block);
        _size += block.Size;
        Next = block.Next;
    }

    /// <summary>Finds the block that has an item, and the item's place in it; false before there is one.</summary>
    public bool TryFind(long number, [NotNullWhen(true)] out MergedBlock? block, out int at)
    {
        (block, at) = (null, 0);
        if (number < First || number >= Next) return false;
        block = _blocks[IndexOf(number)];
        at = (int)(number - block.First);
        return true;
    }

    /// <summary>The number of the first of the newest items that are no larger together than a size, in characters.</summary>
    public long NumberBefore(long size)
    {
        var first = _blocks.Count;
        while (first > 0 && (size -= _blocks[first - 1].Size) >= 0) first--;
        return first == _blocks.Count ? Next : _blocks[first].First;
    }

    /// <summary>Evicts everything.</summary>
    public void Clear()
    {
        _blocks.Clear();
        _open.Clear();
        (First, _size, _openSize) = (Next, 0, 0);
    }

    /// <summary>Keeps a block open that is about to be read, and closes those that were opened the longest ago.</summary>
    public void KeepOpen(MergedBlock block)
    {
        if (block.IsKeptOpen) return;
        block.KeepOpen();
        _open.Enqueue(block);
        _openSize += block.Size;
        while (_openSize > MaxOpen && _open.Count > 1)
        {
            var oldest = _open.Dequeue();
            oldest.Close();
            _openSize -= oldest.Size;
        }
    }

    /// <summary>
    /// Finds what a subscriber at a cursor gets next; <see langword="null"/> where the cursor is too old, or too new, in one of the
    /// sources.
    /// </summary>
    /// <param name="cursor">The subscriber's cursor.</param>
    /// <param name="end">The cursor after all blocks.</param>
    /// <param name="wanted">The sources that it wants.</param>
    public MergedSlot? Find(MergedCursor cursor, MergedCursor end, bool[] wanted)
    {
        var seen = new long[wanted.Length];
        var left = 0;
        for (var i = 0; i < seen.Length; i++)
        {
            // What is not wanted needs no place.
            var isFound = !wanted[i] || IsSame(cursor[i], end[i]);
            seen[i] = isFound ? Next - 1 : -1;
            if (!isFound) left++;
        }

        for (var b = _blocks.Count - 1; b >= 0 && left > 0; b--)
        {
            var block = _blocks[b];
            for (var k = block.Origins.Length - 1; k >= 0 && left > 0; k--)
            {
                ref readonly var origin = ref block.Origins[k];
                if (seen[origin.Source] >= 0 || origin.Cursor != cursor[origin.Source].Cursor) continue;
                seen[origin.Source] = block.First + k;
                left--;
            }
        }

        for (var i = 0; i < seen.Length && left > 0; i++)
        {
            if (seen[i] >= 0 || !IsSame(cursor[i], _start[i])) continue;
            seen[i] = First - 1;
            left--;
        }

        return left == 0 ? new MergedSlot(seen) : null;
    }

    private int IndexOf(long number)
    {
        var (low, high) = (0, _blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_blocks[middle].First <= number) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    /// <summary>A source that nobody has read yet: a run that begins no later than the reader misses nothing for it.</summary>
    private static bool IsSame(SourcePosition one, SourcePosition other) =>
        one == other || (one.Cursor is null && other.Cursor is null && one.Since >= other.Since);
}
