using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Queries;

/// <summary>
/// Blocks that subscribers far behind have just read by themselves, because the shared tail no longer keeps them. If a thousand subscribers
/// are equally far behind, each block is read once. Keeps a quarter as much as the tail. Thread-safe.
/// </summary>
/// <param name="tail">How much the shared tail keeps.</param>
internal sealed class CatchUpBlocks<TEntry>(KeptBlocks tail)
{
    private const int Share = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogBlock<TEntry>> _byStart = [];
    private readonly Queue<string> _starts = [];
    private long _size;

    /// <summary>Finds the block that another subscriber read from this cursor.</summary>
    public bool TryFind(string cursor, [NotNullWhen(true)] out LogBlock<TEntry>? block)
    {
        lock (_gate) return _byStart.TryGetValue(cursor, out block);
    }

    /// <summary>Keeps an unfiltered block for other subscribers at the same cursor. Evicts the oldest blocks.</summary>
    public void Add(LogBlock<TEntry> block)
    {
        lock (_gate)
        {
            if (!_byStart.TryAdd(block.Start, block.Share())) return;
            _starts.Enqueue(block.Start);
            _size += block.Size;
            while (_starts.Count > 1 && (_size > tail.Size / Share || _starts.Count > tail.Count / Share)) RemoveFirst();
        }
    }

    /// <summary>Evicts all blocks.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            while (_starts.Count > 0) RemoveFirst();
        }
    }

    private void RemoveFirst()
    {
        _byStart.Remove(_starts.Dequeue(), out var block);
        _size -= block!.Size;
    }
}
