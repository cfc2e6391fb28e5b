using System.Threading.Channels;
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
    private readonly Channel<LaneItem> _channel = Channel.CreateBounded<LaneItem>(new BoundedChannelOptions(capacity)
    {
        // With any Drop mode TryWrite answers true for a record that it dropped: it could not be counted.
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
    });

    private readonly ReaderRest _rest = new();

    // What the reader has taken belongs to it or, after Abandon, to nobody: decided once.
    private readonly Lock _taking = new();
    private int _inHand;

    private readonly CancellationTokenSource _closing = new();
    private readonly object _places = new();
    private volatile bool _refused;
    private long _bytes;
    private int _records;
    private int _flushes;
    private int _waiting;

    /// <summary>The most records that wait.</summary>
    public int Capacity => capacity;

    /// <summary>The most bytes that records may hold, with those that are being written.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>The bytes of the records that wait, and of those that are being written.</summary>
    public long Bytes => Math.Max(0, Interlocked.Read(ref _bytes));

    /// <summary>The records that wait.</summary>
    public int Count => Math.Max(0, _channel.Reader.Count - Volatile.Read(ref _flushes));

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
        // The first record is taken whatever its size: otherwise one larger than the queue could never pass.
        var bytes = Interlocked.Add(ref _bytes, record.Size);
        if ((bytes <= maxBytes || bytes == record.Size) && _channel.Writer.TryWrite(new LaneItem(record)))
        {
            if (Fills(Interlocked.Increment(ref _records), bytes) && _rest.IsOn) _rest.End();
            return true;
        }

        Interlocked.Add(ref _bytes, -record.Size);
        _refused = true;
        return false;
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

    /// <summary>Adds a record of the handler's own, when there is a place. Its size does not count.</summary>
    /// <exception cref="ChannelClosedException">The queue is closed.</exception>
    public ValueTask AddAsync(LogRecord record)
    {
        Interlocked.Increment(ref _records);
        return _channel.Writer.WriteAsync(new LaneItem(record.Values with { Size = 0 }));
    }

    /// <summary>Adds a request, when there is a place.</summary>
    /// <exception cref="ChannelClosedException">The queue is closed.</exception>
    public async Task AddAsync(FlushRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _flushes);
        try
        {
            await _channel.Writer.WriteAsync(new LaneItem(request), cancellationToken).ConfigureAwait(false);
            _rest.End();
        }
        catch
        {
            Interlocked.Decrement(ref _flushes);
            throw;
        }
    }

    /// <summary>Takes nothing more; what waits stays to be read. Idempotent.</summary>
    public void Close()
    {
        _closing.Cancel();
        _channel.Writer.TryComplete();
        _rest.End();
        lock (_places) Monitor.PulseAll(_places);
    }

    /// <summary>Returns true when there is something to read, a little later where it is less than <paramref name="most"/>; false when the queue is closed and empty.</summary>
    public async ValueTask<bool> WaitAsync(int most, CancellationToken cancellationToken)
    {
        bool IsUrgent() => IsClosed || Volatile.Read(ref _flushes) > 0 || Volatile.Read(ref _records) >= most || Fills(Volatile.Read(ref _records), Bytes);
        await _rest.WhileAsync(() => _channel.Reader.Count == 0 && !IsClosed, IsUrgent, cancellationToken).ConfigureAwait(false);
        var asleep = _channel.Reader.WaitToReadAsync(cancellationToken);
        if (asleep.IsCompleted) return await asleep.ConfigureAwait(false);
        if (!await asleep.ConfigureAwait(false)) return false;
        await _rest.OnceAsync(IsUrgent, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes records until there are <paramref name="most"/>, none are left, or a request comes, which is returned. They are in the reader's hand until <see cref="Settle"/>.</summary>
    public FlushRequest? Take(RecordBatch batch, int most)
    {
        FlushRequest? flush = null;
        lock (_taking)
        {
            while (flush is null && batch.Count < most && _channel.Reader.TryRead(out var item))
            {
                flush = item.Flush;
                if (flush is null) batch.Add(item.Record);
            }

            _inHand = batch.Count;
        }

        Interlocked.Add(ref _records, -batch.Count);
        if (flush is not null) Interlocked.Decrement(ref _flushes);
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
            while (_channel.Reader.TryRead(out var item))
            {
                if (item.Flush is null) records++;
                else flushes.Add(item.Flush);
            }

            Interlocked.Exchange(ref _bytes, 0);
            return records;
        }
    }

    /// <summary>The records are done with: their bytes no longer count.</summary>
    public void Free(RecordBatch batch)
    {
        Interlocked.Add(ref _bytes, -batch.Size);
        WakeWaiting();
    }

    /// <summary>Whether the queue fills: the reader must not rest until there is no place.</summary>
    private bool Fills(int records, long bytes) => records >= capacity / 4 || bytes >= maxBytes / 4;

    /// <summary>Lets callers go on who wait for a place: many at once, not one for each place, for waking them costs more than writing their record.</summary>
    private void WakeWaiting()
    {
        _refused = false;
        if (Volatile.Read(ref _waiting) == 0 || Count > capacity / 2 || Bytes > maxBytes / 2) return;
        lock (_places) Monitor.PulseAll(_places);
    }
}
