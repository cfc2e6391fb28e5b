namespace Zotify.Logging.Dispatch;

/// <summary>
/// How many records and bytes a queue holds, against its limits. Its owner makes every change under one lock; any thread may read.
/// </summary>
/// <param name="capacity">The most records that may wait.</param>
/// <param name="maxBytes">The most bytes that waiting records may hold, together with those that are being written.</param>
internal sealed class QueueUsage(int capacity, long maxBytes)
{
    private long _added;
    private long _removed;
    private long _bytes;

    /// <summary>The most records that may wait.</summary>
    public int Capacity => capacity;

    /// <summary>The most bytes that waiting records may hold, together with those that are being written.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>How many records were ever added: the position after the newest one.</summary>
    public long Added => Volatile.Read(ref _added);

    /// <summary>How many records were ever removed: the position of the oldest one that waits.</summary>
    public long Removed => Volatile.Read(ref _removed);

    /// <summary>The records that wait.</summary>
    public int Count => (int)(Added - Removed);

    /// <summary>The bytes of the records that wait, and of those that are being written.</summary>
    public long Bytes => Math.Max(0, Volatile.Read(ref _bytes));

    /// <summary>
    /// Whether a quarter of the queue is in use. The consumer must not linger any more: it would linger until the queue is full.
    /// </summary>
    public bool IsFilling => Count >= capacity / 4 || Bytes >= maxBytes / 4;

    /// <summary>Whether half of the queue is free.</summary>
    public bool IsHalfFree => Count <= capacity / 2 && Bytes <= maxBytes / 2;

    /// <summary>
    /// Whether a record of <paramref name="size"/> bytes fits. An empty queue has room for any: otherwise a record larger than the queue
    /// could never pass.
    /// </summary>
    public bool HasRoomFor(int size) => Count < capacity && (_bytes <= 0 || _bytes + size <= maxBytes);

    /// <summary>Counts an added record.</summary>
    public void Add(int size)
    {
        _added++;
        _bytes += size;
    }

    /// <summary>Counts records that were removed to be written. Their bytes count on, until <see cref="Release"/>.</summary>
    public void Remove(int records) => _removed += records;

    /// <summary>Counts bytes that are no longer held.</summary>
    public void Release(long bytes) => _bytes -= bytes;

    /// <summary>The queue was emptied.</summary>
    public void Clear() => (_removed, _bytes) = (_added, 0);
}
