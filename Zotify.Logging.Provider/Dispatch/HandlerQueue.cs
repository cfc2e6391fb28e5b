using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// What waits for a handler: records, bounded in number and bytes, and requests to flush what came before them. Any thread
/// adds, one reads.
/// </summary>
/// <param name="capacity">The most records that wait.</param>
/// <param name="maxBytes">The most bytes that they may hold together, with those that are being written.</param>
/// <param name="time">The clock of those who wait for a place.</param>
internal sealed class HandlerQueue(int capacity, long maxBytes, TimeProvider time)
{
    private readonly ConsumerBackoff _rest = new();
    private readonly CancellationTokenSource _closing = new();

    // What is added, and how much of it is there: within the gate of the blocks.
    private readonly RecordChannel _blocks = new(capacity);
    private readonly Queue<(long Position, FlushRequest Request)> _flushes = new();
    private bool _readerSleeps;
    private volatile bool _closed;
    private long _added;
    private long _taken;
    private long _bytes;

    // What the reader has taken belongs to it or, after Abandon, to nobody: decided once. Taken before the other lock.
    private readonly Lock _taking = new();
    private int _inHand;

    // Those who wait for a place.
    private readonly object _places = new();
    private volatile bool _refused;
    private int _waiting;

    /// <summary>The most records that wait.</summary>
    public int Capacity => capacity;

    /// <summary>The most bytes that records may hold, with those that are being written.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>The bytes of the records that wait, and of those that are being written.</summary>
    public long Bytes => Math.Max(0, Volatile.Read(ref _bytes));

    /// <summary>The records that wait.</summary>
    public int Count => (int)(Volatile.Read(ref _added) - Volatile.Read(ref _taken));

    /// <summary>The records that wait, and those in the reader's hand.</summary>
    public int Unsettled => Count + Volatile.Read(ref _inHand);

    /// <summary>Whether it takes nothing more.</summary>
    public bool IsClosed => _closed;

    /// <summary>Cancelled when it takes nothing more.</summary>
    public CancellationToken Closed => _closing.Token;

    /// <summary>Whether it refused a record and the reader has made no place since: it would refuse the next one too, unless that is much smaller.</summary>
    public bool IsFull => _refused && Count > 0;

    /// <summary>Adds a record, if there is a place at once.</summary>
    public bool TryAdd(in RecordValues record)
    {
        bool fills;
        lock (_blocks.Gate)
        {
            // The first record is taken whatever its size: otherwise one larger than the queue could never pass.
            if (_closed || Count >= capacity || (_bytes > 0 && _bytes + record.Size > maxBytes))
            {
                _refused = true;
                return false;
            }

            _bytes += record.Size;
            Append(record);
            fills = Fills;
        }

        if (fills && _rest.IsOn) _rest.End();
        return true;
    }

    /// <summary>Adds a record, and blocks for a place up to <paramref name="patience"/>.</summary>
    public bool TryAdd(in RecordValues record, TimeSpan patience)
    {
        var start = time.GetTimestamp();
        lock (_places)
        {
            // Counted before the next attempt, so that the reader either sees the waiter or has made the place already.
            Interlocked.Increment(ref _waiting);
            try
            {
                while (!IsClosed)
                {
                    if (TryAdd(record)) return true;
                    var left = patience - time.GetElapsedTime(start);
                    if (left <= TimeSpan.Zero || !Monitor.Wait(_places, left)) return TryAdd(record);
                }

                return false;
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }

    /// <summary>Adds a record of the handler's own, whether there is a place or not: they are few. Its size does not count.</summary>
    /// <returns>False where the queue is closed.</returns>
    public bool TryAddOwn(LogRecord record)
    {
        lock (_blocks.Gate)
        {
            if (_closed) return false;
            Append(record.Values with { Size = 0 });
        }

        return true;
    }

    /// <summary>Adds a request.</summary>
    /// <returns>False where the queue is closed.</returns>
    public bool TryAdd(FlushRequest request)
    {
        lock (_blocks.Gate)
        {
            if (_closed) return false;
            _flushes.Enqueue((_added, request));
            WakeReader();
        }

        _rest.End();
        return true;
    }

    /// <summary>Takes nothing more; what waits stays to be read. Idempotent.</summary>
    public void Close()
    {
        lock (_blocks.Gate)
        {
            _closed = true;
            _blocks.Complete();
        }

        _closing.Cancel();
        _rest.End();
        lock (_places) Monitor.PulseAll(_places);
    }

    /// <summary>Returns true when there is something to read, a little later where it is less than <paramref name="most"/>; false when the queue is closed and empty.</summary>
    public async ValueTask<bool> WaitAsync(int most, CancellationToken cancellationToken)
    {
        bool IsUrgent()
        {
            lock (_blocks.Gate) return _closed || _flushes.Count > 0 || Count >= most || Fills;
        }

        await _rest.WhileAsync(() => Count == 0, IsUrgent, cancellationToken).ConfigureAwait(false);
        if (HasWork()) return true;
        if (!await _blocks.WaitToReadAsync(cancellationToken).ConfigureAwait(false)) return HasWork();
        await _rest.OnceAsync(IsUrgent, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes records until there are <paramref name="most"/>, none are left, or a request comes, which is returned. They are in the reader's hand until <see cref="Settle"/>.</summary>
    public FlushRequest? Take(RecordBatch batch, int most)
    {
        FlushRequest? flush;
        lock (_taking)
        {
            var limit = Math.Min(most, BeforeFlush());
            while (batch.Count < limit && _blocks.Next(limit - batch.Count) is { IsEmpty: false } records) batch.Add(records);
            _inHand = batch.Count;
            flush = Took(batch.Count);
        }

        WakeWaiting();
        return flush;
    }

    /// <summary>What became of the records in the reader's hand is known: returns how many there were, to be counted; 0 where <see cref="Abandon"/> came first.</summary>
    public int Settle()
    {
        lock (_taking)
        {
            var records = _inHand;
            _inHand = 0;
            return records;
        }
    }

    /// <summary>Gives up what waits and what is in the reader's hand. The queue is closed already.</summary>
    /// <param name="flushes">Takes the requests that waited.</param>
    /// <returns>How many records there were, to be counted.</returns>
    public int Abandon(List<FlushRequest> flushes)
    {
        lock (_taking)
        {
            var records = Settle();
            while (_blocks.Next(int.MaxValue) is { IsEmpty: false } rest) records += rest.Length;
            lock (_blocks.Gate)
            {
                (_taken, _bytes) = (_added, 0);
                while (_flushes.TryDequeue(out var flush)) flushes.Add(flush.Request);
            }

            return records;
        }
    }

    /// <summary>The records are done with: their bytes no longer count.</summary>
    public void Free(RecordBatch batch)
    {
        lock (_blocks.Gate) _bytes -= batch.Size;
        WakeWaiting();
    }

    /// <summary>Whether the queue fills: the reader must not rest until there is no place.</summary>
    private bool Fills => Count >= capacity / 4 || _bytes >= maxBytes / 4;

    private void Append(in RecordValues record)
    {
        _blocks.Append(record);
        _added++;
        WakeReader();
    }

    private void WakeReader()
    {
        if (!_readerSleeps) return;
        _blocks.HandOver();
        _readerSleeps = false;
    }

    /// <summary>Whether there is something to read; where there is not, the next one who adds something wakes the reader.</summary>
    private bool HasWork()
    {
        lock (_blocks.Gate)
        {
            var has = Count > 0 || _flushes.Count > 0;
            _readerSleeps = !has && !_closed;
            return has;
        }
    }

    /// <summary>How many records come before the next request.</summary>
    private int BeforeFlush()
    {
        lock (_blocks.Gate) return _flushes.TryPeek(out var flush) ? (int)(flush.Position - _taken) : int.MaxValue;
    }

    /// <summary>Counts what was taken, and returns the request that comes next, if it does.</summary>
    private FlushRequest? Took(int records)
    {
        lock (_blocks.Gate)
        {
            _taken += records;
            return _flushes.TryPeek(out var flush) && flush.Position <= _taken ? _flushes.Dequeue().Request : null;
        }
    }

    /// <summary>Lets callers go on who wait for a place: many at once, not one for each place, for waking them costs more than writing their record.</summary>
    private void WakeWaiting()
    {
        _refused = false;
        if (Volatile.Read(ref _waiting) == 0 || Count > capacity / 2 || Bytes > maxBytes / 2) return;
        lock (_places) Monitor.PulseAll(_places);
    }
}
