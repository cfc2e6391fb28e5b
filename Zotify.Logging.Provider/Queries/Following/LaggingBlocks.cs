using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Queries;

/// <summary>
/// What followers read by themselves last who lag further than the shared tail goes back: a thousand that lag alike read it once. Less than
/// the tail keeps, and only for the moment. Thread-safe.
/// </summary>
/// <param name="tail">How much the shared tail keeps.</param>
internal sealed class LaggingBlocks<TItem>(KeptBlocks tail)
{
    private const int Share = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogBlock<TItem>> _byStart = [];
    private readonly Queue<string> _starts = [];
    private long _size;

    /// <summary>Finds what somebody read from a position on.</summary>
    public bool TryFind(string position, [NotNullWhen(true)] out LogBlock<TItem>? block)
    {
        lock (_gate) return _byStart.TryGetValue(position, out block);
    }

    /// <summary>Keeps a block of all items for others who come to its start; the oldest give way.</summary>
    public void Add(LogBlock<TItem> block)
    {
        lock (_gate)
        {
            if (!_byStart.TryAdd(block.Start, block.Share())) return;
            _starts.Enqueue(block.Start);
            _size += block.Size;
            while (_starts.Count > 1 && (_size > tail.Size / Share || _starts.Count > tail.Count / Share)) RemoveFirst();
        }
    }

    /// <summary>Lets go of all of them.</summary>
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
