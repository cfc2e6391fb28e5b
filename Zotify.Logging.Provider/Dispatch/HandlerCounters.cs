using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>Counts what became of a handler's records. Thread-safe.</summary>
internal sealed class HandlerCounters
{
    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];
    private long _written;
    private long _retried;
    private volatile bool _isOverflowing;

    /// <summary>Records that the handler wrote.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Records of retried batches, counted once a retry.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>
    /// Whether the queue refused a record since the last one was written: the handler is too slow, or stuck without an error.
    /// </summary>
    public bool IsOverflowing => _isOverflowing;

    /// <summary>Records that did not reach the handler, for this reason.</summary>
    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Adds what others counted.</summary>
    public void Add(HandlerCounters others)
    {
        Interlocked.Add(ref _written, others.Written);
        Interlocked.Add(ref _retried, others.Retried);
        foreach (var reason in Enum.GetValues<DropReason>()) Interlocked.Add(ref _dropped[(int)reason], others.Dropped(reason));
    }

    /// <summary>Counts written records.</summary>
    public void AddWritten(int records)
    {
        Interlocked.Add(ref _written, records);
        _isOverflowing = false;
    }

    /// <summary>Counts the records of a batch that is retried.</summary>
    public void AddRetried(int records) => Interlocked.Add(ref _retried, records);

    /// <summary>Counts dropped records.</summary>
    public void AddDropped(DropReason reason, int records)
    {
        Interlocked.Add(ref _dropped[(int)reason], records);
        if (reason == DropReason.QueueFull) _isOverflowing = true;
    }
}
