using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Queries;

/// <summary>
/// Blocks that lagging subscribers have just read by themselves, because the shared tail no longer keeps them. A thousand subscribers that
/// lag alike read each block once. Holds a quarter of what the tail keeps. Thread-safe.
/// </summary>
/// <param name="tail">How much the shared tail keeps.</param>
internal sealed class LaggingBlocks<TEntry>(KeptBlocks tail)
{
    private const int Share = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogBlock<TEntry>> _byStart = [];
    private readonly Queue<string> _starts = [];
    private long _size;

    /// <summary>Finds the block that another subscriber read from a cursor on.</summary>
    public bool TryFind(string cursor, [NotNullWhen(true)] out LogBlock<TEntry>? block)
    {
        lock (_gate) return _byStart.TryGetValue(cursor, out block);
    }

    /// <summary>Keeps an unfiltered block for others that come to its start; evicts the oldest.</summary>
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
