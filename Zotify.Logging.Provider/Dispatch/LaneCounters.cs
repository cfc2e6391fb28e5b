namespace Zotify.Logging.Provider.Dispatch;

/// <summary>What became of a lane's records. Thread-safe.</summary>
internal sealed class LaneCounters
{
    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];
    private long _written;

    /// <summary>Records that the handler took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Records that did not reach the handler, for this reason.</summary>
    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Counts written records.</summary>
    public void AddWritten(int records) => Interlocked.Add(ref _written, records);

    /// <summary>Counts dropped records.</summary>
    public void AddDropped(DropReason reason, int records) => Interlocked.Add(ref _dropped[(int)reason], records);
}
