using Zotify.Logging.Provider.Capture;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>
/// What waits for a handler: records, bounded in number and bytes, and requests to flush what came before them. Any thread
/// adds, one reads.
/// </summary>
/// <param name="capacity">The most records that wait.</param>
/// <param name="maxBytes">The most bytes that they may hold together, with those that are being written.</param>
/// <param name="time">The clock of those who wait for a place.</param>
internal sealed class LaneQueue(int capacity, long maxBytes, TimeProvider time)
{
    /// <summary>With this many, those flushes go whose callers have gone: a handler that is stuck must not collect them.</summary>
    private const int ManyFlushes = 64;

    // Writers and the reader meet in this lock; nothing slow is done in it. Writers fill one array while the reader empties
    // the other, and they are exchanged when that is empty: so neither holds up the other for longer than a record takes.
    private readonly Lock _gate = new();
    private readonly ReaderRest _rest = new();
    private readonly List<(long After, FlushRequest Request)> _flushes = [];
    private RecordValues[] _filling = new RecordValues[16];
    private int _filled;
    private long _added;
    private long _bytes;

    // What the reader has taken belongs to it or, after Abandon, to nobody: decided once.
    private readonly Lock _taking = new();
    private RecordValues[] _emptying = [];
    private int _next;
    private long _taken;
    private int _inHand;

    // Read by all.
    private volatile int _left;
    private volatile bool _refused;

    private readonly CancellationTokenSource _closing = new();
    private readonly object _places = new();
    private int _waiting;

    /// <summary>The most records that wait.</summary>
    public int Capacity => capacity;

    /// <summary>The most bytes that records may hold, with those that are being written.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>The bytes of the records that wait, and of those that are being written.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return Math.Max(0, _bytes);
        }
    }

    /// <summary>The records that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _filled + _left;
        }
    }

    /// <summary>The records that wait, and those in the reader's hand.</summary>
    public int Unsettled => Count + Volatile.Read(ref _inHand);

    /// <summary>Whether it takes nothing more.</summary>
    public bool IsClosed => _closing.IsCancellationRequested;

    /// <summary>Cancelled when it takes nothing more.</summary>
    public CancellationToken Closed => _closing.Token;

    /// <summary>Whether it refused a record and the reader has made no place since: it would refuse the next one too, unless that is much smaller.</summary>
    public bool IsFull => _refused && Count > 0;

    /// <summary>Adds a record, if there is a place at once.</summary>
    public bool TryAdd(in RecordValues record)
    {
        bool wakes;
        lock (_gate)
        {
            if (IsClosed) return false;
            // The first record is taken whatever its size: otherwise one larger than the queue could never pass.
            var count = _filled + _left;
            if (count >= capacity || (_bytes + record.Size > maxBytes && _bytes != 0))
            {
                _refused = true;
                return false;
            }

            Append(record);
            _bytes += record.Size;
            wakes = _rest.IsDisturbedBy(urgent: IsUrgent(count));
        }

        if (wakes) _rest.Wake();
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

    /// <summary>Adds a record of the handler's own, whether there is a place or not. Its size does not count.</summary>
    /// <returns>False where the queue is closed.</returns>
    public bool Add(in RecordValues record)
    {
        bool wakes;
        lock (_gate)
        {
            if (IsClosed) return false;
            Append(record with { Size = 0 });
            wakes = _rest.IsDisturbedBy(urgent: true);
        }

        if (wakes) _rest.Wake();
        return true;
    }

    /// <summary>Adds a request.</summary>
    /// <returns>False where the queue is closed.</returns>
    public bool Add(FlushRequest request)
    {
        bool wakes;
        lock (_gate)
        {
            if (IsClosed) return false;
            if (_flushes.Count >= ManyFlushes) _flushes.RemoveAll(flush => flush.Request.CancellationToken.IsCancellationRequested);
            _flushes.Add((_added, request));
            wakes = _rest.IsDisturbedBy(urgent: true);
        }

        if (wakes) _rest.Wake();
        return true;
    }

    /// <summary>Takes nothing more; what waits stays to be read. Idempotent.</summary>
    public void Close()
    {
        bool wakes;
        _closing.Cancel();
        lock (_gate) wakes = _rest.IsDisturbedBy(urgent: true);
        if (wakes) _rest.Wake();
        lock (_places) Monitor.PulseAll(_places);
    }

    /// <summary>Returns true when there is something to read, a little later where it is less than <paramref name="most"/>; false when the queue is closed and empty.</summary>
    public async ValueTask<bool> WaitAsync(int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan pause;
            lock (_gate)
            {
                var count = _filled + _left;
                if (IsClosed && count + _flushes.Count == 0) return false;
                if (_flushes.Count > 0 || (count > 0 && (IsClosed || _rest.IsOver || count >= most || IsUrgent(count))))
                {
                    _rest.End();
                    return true;
                }

                pause = _rest.Begin();
            }

            await _rest.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes records until there are <paramref name="most"/>, none are left, or a request comes, which is returned. They are in the reader's hand until <see cref="Settle"/>.</summary>
    public FlushRequest? Take(RecordBatch batch, int most)
    {
        FlushRequest? flush;
        lock (_taking)
        {
            var count = Reserve(most, out flush);
            for (var i = 0; i < count; i++) batch.Add(_emptying[_next + i]);
            Array.Clear(_emptying, _next, count);
            _next += count;
            _taken += count;
            _inHand = count;
            _left -= count;
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
            lock (_gate)
            {
                var records = _inHand + _filled + _left;
                flushes.AddRange(_flushes.Select(flush => flush.Request));
                _flushes.Clear();
                (_filling, _filled, _emptying, _left, _inHand, _bytes) = ([], 0, [], 0, 0, 0);
                return records;
            }
        }
    }

    /// <summary>The records are done with: their bytes no longer count.</summary>
    public void Free(RecordBatch batch)
    {
        lock (_gate) _bytes -= batch.Size;
        WakeWaiting();
    }

    /// <summary>Whether the queue fills: the reader must not rest until there is no place.</summary>
    private bool IsUrgent(int count) => count >= capacity / 4 || _bytes >= maxBytes / 4;

    private void Append(in RecordValues record)
    {
        if (_filled == _filling.Length) Array.Resize(ref _filling, _filling.Length * 2);
        _filling[_filled++] = record;
        _added++;
    }

    /// <summary>How many records the reader takes now: <paramref name="most"/>, as many as are left, or those before the next request, which it then takes, too.</summary>
    private int Reserve(int most, out FlushRequest? flush)
    {
        lock (_gate)
        {
            if (_left == 0)
            {
                (_filling, _emptying) = (_emptying.Length == 0 ? new RecordValues[_filling.Length] : _emptying, _filling);
                (_left, _filled, _next) = (_filled, 0, 0);
            }

            var count = Math.Min(most, _left);
            flush = null;
            if (_flushes is [var first, ..] && first.After - _taken <= count)
            {
                count = (int)(first.After - _taken);
                flush = first.Request;
                _flushes.RemoveAt(0);
            }

            return count;
        }
    }

    /// <summary>Lets callers go on who wait for a place: many at once, not one for each place, for waking them costs more than writing their record.</summary>
    private void WakeWaiting()
    {
        _refused = false;
        if (Volatile.Read(ref _waiting) == 0) return;
        lock (_gate)
        {
            if (_filled + _left > capacity / 2 || _bytes > maxBytes / 2) return;
        }

        lock (_places) Monitor.PulseAll(_places);
    }
}
