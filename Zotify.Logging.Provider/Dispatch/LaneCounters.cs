namespace Zotify.Logging.Provider.Dispatch;

/// <summary>What became of a lane's records. Thread-safe.</summary>
internal sealed class LaneCounters
{
    private const int Nothing = -1;

    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];
    private long _written;
    private long _retried;
    private volatile int _losing = Nothing;

    /// <summary>Records that the handler took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Records that the handler was given again, each time that it was.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Why a record was lost after the last one was written; <see langword="null"/> where none was.</summary>
    public DropReason? Losing => _losing is var reason and not Nothing ? (DropReason)reason : null;

    /// <summary>Records that did not reach the handler, for this reason.</summary>
    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Counts written records.</summary>
    public void AddWritten(int records)
    {
        Interlocked.Add(ref _written, records);
        _losing = Nothing;
    }

    /// <summary>Counts records that are given again.</summary>
    public void AddRetried(int records) => Interlocked.Add(ref _retried, records);

    /// <summary>Counts dropped records.</summary>
    public void AddDropped(DropReason reason, int records)
    {
        Interlocked.Add(ref _dropped[(int)reason], records);
        if (reason is DropReason.QueueFull or DropReason.HandlerFailed) _losing = (int)reason;
    }
}
