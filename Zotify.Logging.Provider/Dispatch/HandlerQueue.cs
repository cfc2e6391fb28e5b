using Zotify.Logging.Common;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>What waits for a handler: records, limited in number and bytes, and flush requests. Any thread adds; one reads.</summary>
internal sealed class HandlerQueue
{
    private readonly ConsumerBackoff _backoff = new();
    private readonly CancellationTokenSource _closing = new();

    // Writers and consumer, under the channel's lock.
    private readonly RecordChannel _channel;
    private readonly QueueUsage _usage;
    private readonly PendingFlushes _flushes = new();
    private bool _consumerSleeps;
    private volatile bool _closed;

    // The batch that the consumer has dequeued is counted once: by the consumer or, after Abandon, by the thread that abandoned it.
    // This lock is taken before the channel's.
    private readonly Lock _ownership = new();
    private int _inBatch;

    private readonly SpaceWaiters _waiters;
    private volatile bool _refused;

    /// <param name="capacity">The most records that may wait.</param>
    /// <param name="maxBytes">The most bytes that waiting records may hold, together with those that are being written.</param>
    /// <param name="time">The clock of the callers that wait for space.</param>
    public HandlerQueue(int capacity, long maxBytes, TimeProvider time)
    {
        _channel = new RecordChannel(capacity);
        _usage = new QueueUsage(capacity, maxBytes);
        _waiters = new SpaceWaiters(TryAdd, () => _closed, time);
    }

    /// <summary>The most records that may wait, and the most bytes that they and those that are being written may hold.</summary>
    public (int Records, long Bytes) Limits => (_usage.Capacity, _usage.MaxBytes);

    /// <summary>The bytes of the records that wait, and of those that are being written.</summary>
    public long Bytes => _usage.Bytes;

    /// <summary>The records that wait.</summary>
    public int Count => _usage.Count;

    /// <summary>The records that wait, and those of the batch that is being written.</summary>
    public int Unsettled => Count + Volatile.Read(ref _inBatch);

    /// <summary>Whether it accepts nothing more.</summary>
    public bool IsClosed => _closed;

    /// <summary>Cancelled when it accepts nothing more.</summary>
    public CancellationToken Closed => _closing.Token;

    /// <summary>True from a refused record until the consumer frees space. A hint: a much smaller record might still fit.</summary>
    public bool IsFull => _refused && Count > 0;

    /// <summary>Adds a record, if there is space now.</summary>
    public bool TryAdd(in RecordValues record)
    {
        bool isFilling;
        lock (_channel.Gate)
        {
            if (_closed || !_usage.HasRoomFor(record.Size))
            {
                _refused = true;
                return false;
            }

            Append(record, record.Size);
            isFilling = _usage.IsFilling;
        }

        if (isFilling && _backoff.IsActive) _backoff.Interrupt();
        return true;
    }

    /// <summary>Adds a record. Where the queue is full, blocks up to <paramref name="timeout"/> for space.</summary>
    public bool TryAdd(in RecordValues record, TimeSpan timeout) => _waiters.TryAdd(record, timeout);

    /// <summary>Adds a record that the handler itself made, even to a full queue: such records are few. Its size does not count.</summary>
    /// <returns>False where the queue is closed.</returns>
    public bool TryAddUnbounded(LogRecord record)
    {
        lock (_channel.Gate)
        {
            if (_closed) return false;
            Append(record.Values with { Size = 0 }, size: 0);
        }

        return true;
    }

    /// <summary>Adds a request to flush the records that were added before it.</summary>
    /// <returns>False where the queue is closed.</returns>
    public bool TryAdd(FlushRequest request)
    {
        lock (_channel.Gate)
        {
            if (_closed) return false;
            _flushes.Add(_usage.Added, request);
            WakeConsumer();
        }

        _backoff.Interrupt();
        return true;
    }

    /// <inheritdoc cref="PendingFlushes.Join"/>
    public FlushRequest? Join(FlushTo target, bool failsAtOnce)
    {
        lock (_channel.Gate) return _closed ? null : _flushes.Join(_usage.Added, target, failsAtOnce);
    }

    /// <inheritdoc cref="PendingFlushes.MoveFailing"/>
    public void DequeueFailing(List<FlushRequest> requests)
    {
        lock (_channel.Gate) _flushes.MoveFailing(requests);
    }

    /// <summary>Accepts nothing more. What waits can still be dequeued. Idempotent.</summary>
    public void Close()
    {
        lock (_channel.Gate)
        {
            _closed = true;
            _channel.Complete();
        }

        _closing.Cancel();
        _backoff.Interrupt();
        _waiters.NotifyAll();
    }

    /// <summary>Waits for something to dequeue, and a little longer while it is less than <paramref name="max"/> records.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public async ValueTask<bool> WaitAsync(int max, CancellationToken cancellationToken)
    {
        bool FlushIsNext()
        {
            lock (_channel.Gate) return _flushes.Any;
        }

        bool IsUrgent() => _closed || FlushIsNext() || Count >= max || _usage.IsFilling;

        await _backoff.WaitForWorkAsync(() => Count == 0, IsUrgent, cancellationToken).ConfigureAwait(false);
        // Callers that an earlier flush released are about to log and to flush again: one flush for all of them.
        if (FlushIsNext()) await default(GlobalYield);
        if (HasWork()) return true;
        if (!await _channel.WaitToReadAsync(cancellationToken).ConfigureAwait(false)) return HasWork();
        await _backoff.LingerAsync(IsUrgent, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Moves records into <paramref name="batch"/> until it has <paramref name="max"/>, none is left, or the newest flush request comes
    /// next. The records count as being written until <see cref="Settle"/>.
    /// </summary>
    /// <param name="batch">Receives the records.</param>
    /// <param name="max">The most records.</param>
    /// <param name="due">Receives the flush requests that come before what is left. One flush serves them all.</param>
    public void Dequeue(RecordBatch batch, int max, List<FlushRequest> due)
    {
        lock (_ownership)
        {
            int limit;
            lock (_channel.Gate) limit = (int)Math.Min(max, _flushes.LastPosition - _usage.Removed);
            while (batch.Count < limit && _channel.Read(limit - batch.Count) is { IsEmpty: false } records) batch.Add(records);
            _inBatch = batch.Count;
            lock (_channel.Gate)
            {
                _usage.Remove(batch.Count);
                _flushes.MoveDue(_usage.Removed, due);
            }
        }

        NotifyWaiters();
    }

    /// <summary>Ends the dequeued batch. Returns how many records to count; 0 where <see cref="Abandon"/> came first.</summary>
    public int Settle()
    {
        lock (_ownership)
        {
            var records = _inBatch;
            _inBatch = 0;
            return records;
        }
    }

    /// <summary>Gives up what waits and the batch that is being written. The queue must be closed.</summary>
    /// <param name="flushes">Receives the requests that waited.</param>
    /// <returns>How many records there were, to be counted.</returns>
    public int Abandon(List<FlushRequest> flushes)
    {
        lock (_ownership)
        {
            var records = Settle();
            while (_channel.Read(int.MaxValue) is { IsEmpty: false } rest) records += rest.Length;
            lock (_channel.Gate)
            {
                _usage.Clear();
                _flushes.MoveTo(flushes);
            }

            return records;
        }
    }

    /// <summary>The batch was processed: its bytes no longer count.</summary>
    public void Release(RecordBatch batch)
    {
        lock (_channel.Gate) _usage.Release(batch.Size);
        NotifyWaiters();
    }

    private void Append(in RecordValues record, int size)
    {
        _channel.Append(record);
        _usage.Add(size);
        WakeConsumer();
    }

    private void WakeConsumer()
    {
        if (!_consumerSleeps) return;
        _channel.Publish();
        _consumerSleeps = false;
    }

    /// <summary>Whether there is something to dequeue. If not, the next thread that adds something wakes the consumer.</summary>
    private bool HasWork()
    {
        lock (_channel.Gate)
        {
            var hasWork = Count > 0 || _flushes.Any;
            _consumerSleeps = !hasWork && !_closed;
            return hasWork;
        }
    }

    /// <summary>Wakes waiting callers once half of the queue is free. To wake them for each record would cost too much.</summary>
    private void NotifyWaiters()
    {
        _refused = false;
        if (_waiters.Any && _usage.IsHalfFree) _waiters.NotifyAll();
    }
}
