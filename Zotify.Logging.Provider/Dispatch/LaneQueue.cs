using System.Threading.Channels;
using Zotify.Logging.Provider.Capture;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>
/// What waits for a handler: records, bounded in number and bytes, and requests to flush what came before them. Any thread
/// adds, one reads. Records pass through a channel in blocks: what a channel asks of both its sides is paid once a block.
/// </summary>
/// <param name="capacity">The most records that wait.</param>
/// <param name="maxBytes">The most bytes that they may hold together, with those that are being written.</param>
/// <param name="time">The clock of those who wait for a place.</param>
internal sealed class LaneQueue(int capacity, long maxBytes, TimeProvider time)
{
    /// <summary>Blocks that are kept to be filled again; more are only needed while the queue is long.</summary>
    private const int KeptBlocks = 16;

    private readonly Channel<RecordBlock> _channel = Channel.CreateBounded<RecordBlock>(new BoundedChannelOptions(RecordBlock.BlocksFor(capacity))
    {
        // With any Drop mode TryWrite answers true for a block that it dropped: it could not be counted.
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
    });

    private readonly ReaderRest _rest = new();
    private readonly CancellationTokenSource _closing = new();

    // The writers' side: what is added, and how much of it is there.
    private readonly Lock _adding = new();
    private readonly Stack<RecordBlock> _spare = new();
    private readonly Queue<(long Position, FlushRequest Request)> _flushes = new();
    private RecordBlock _filling = new();
    private bool _readerSleeps;
    private volatile bool _closed;
    private long _added;
    private long _taken;
    private long _bytes;

    // The reader's side. What it has taken belongs to it or, after Abandon, to nobody: decided once. Taken before the other lock.
    private readonly Lock _taking = new();
    private RecordBlock? _block;
    private int _next;
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
        lock (_adding)
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
        lock (_adding)
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
        lock (_adding)
        {
            if (_closed) return false;
            _flushes.Enqueue((_added, request));
            if (_readerSleeps) HandOver();
        }

        _rest.End();
        return true;
    }

    /// <summary>Takes nothing more; what waits stays to be read. Idempotent.</summary>
    public void Close()
    {
        lock (_adding)
        {
            _closed = true;
            _channel.Writer.TryComplete();
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
            lock (_adding) return _closed || _flushes.Count > 0 || Count >= most || Fills;
        }

        await _rest.WhileAsync(() => Count == 0 && !IsUrgent(), IsUrgent, cancellationToken).ConfigureAwait(false);
        if (HasWork()) return true;
        if (!await _channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)) return HasWork();
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
            while (batch.Count < limit && Block() is { } block)
            {
                var records = block.From(_next);
                if (records.Length > limit - batch.Count) records = records[..(limit - batch.Count)];
                batch.Add(records);
                _next += records.Length;
            }

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
            var records = _inHand;
            _inHand = 0;
            for (; Block() is { } block; _next = block.Count) records += block.Count - _next;
            lock (_adding)
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
        lock (_adding) _bytes -= batch.Size;
        WakeWaiting();
    }

    /// <summary>Whether the queue fills: the reader must not rest until there is no place.</summary>
    private bool Fills => Count >= capacity / 4 || _bytes >= maxBytes / 4;

    private void Append(in RecordValues record)
    {
        if (_filling.IsFull) HandOver();
        _filling.Add(record);
        _added++;
        if (_readerSleeps) HandOver();
    }

    /// <summary>Gives the block that is being filled to the reader, which wakes it. Where the channel is full, which only the handler's own records can do, the block grows on.</summary>
    private void HandOver()
    {
        if (!_channel.Writer.TryWrite(_filling)) return;
        _filling = Spare();
        _readerSleeps = false;
    }

    private RecordBlock Spare() => _spare.TryPop(out var block) ? block : new RecordBlock();

    /// <summary>Whether there is something to read; where there is not, the next one who adds something wakes the reader.</summary>
    private bool HasWork()
    {
        lock (_adding)
        {
            var has = Count > 0 || _flushes.Count > 0;
            _readerSleeps = !has && !_closed;
            return has;
        }
    }

    /// <summary>How many records come before the next request.</summary>
    private int BeforeFlush()
    {
        lock (_adding) return _flushes.TryPeek(out var flush) ? (int)(flush.Position - _taken) : int.MaxValue;
    }

    /// <summary>Counts what was taken, and returns the request that comes next, if it does.</summary>
    private FlushRequest? Took(int records)
    {
        lock (_adding)
        {
            _taken += records;
            return _flushes.TryPeek(out var flush) && flush.Position <= _taken ? _flushes.Dequeue().Request : null;
        }
    }

    /// <summary>The block with the next record; <see langword="null"/> where none waits.</summary>
    private RecordBlock? Block()
    {
        while (_block is null || _next == _block.Count)
        {
            if (_block is not null) Keep(_block);
            _next = 0;
            if (_channel.Reader.TryRead(out _block)) continue;
            lock (_adding)
            {
                // Looked again: meanwhile a block may have been handed over, and the next one begun.
                if (!_channel.Reader.TryRead(out _block) && _filling.Count > 0) (_block, _filling) = (_filling, Spare());
            }

            if (_block is null) return null;
        }

        return _block;
    }

    private void Keep(RecordBlock block)
    {
        block.Clear();
        lock (_adding)
            if (_spare.Count < KeptBlocks) _spare.Push(block);
    }

    /// <summary>Lets callers go on who wait for a place: many at once, not one for each place, for waking them costs more than writing their record.</summary>
    private void WakeWaiting()
    {
        _refused = false;
        if (Volatile.Read(ref _waiting) == 0 || Count > capacity / 2 || Bytes > maxBytes / 2) return;
        lock (_places) Monitor.PulseAll(_places);
    }
}
