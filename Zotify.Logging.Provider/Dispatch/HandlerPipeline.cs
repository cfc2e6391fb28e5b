using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// One handler with its bounded queue, which any thread posts to, and the consumer that passes the queue's records to the handler. No
/// pipeline ever holds up another. Thread-safe.
/// </summary>
internal sealed class HandlerPipeline
{
    /// <summary>
    /// The time that a handler gets to close its files after it stopped projecting: a tenth of the time to drain, but at most this.
    /// </summary>
    private static readonly TimeSpan MaxClosingTime = TimeSpan.FromSeconds(1);

    // Set once.
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly HandlerQueue _queue;
    private readonly HandlerLifecycle _handler;
    private readonly HandlerConsumer _consumer;
    private readonly LogHandlerContext _context;

    // Written by those who start and stop the pipeline, and by changes of the configuration.
    private volatile LogHandlerOptions _options;
    private volatile bool _startIsAwaited;

    public HandlerPipeline(
        HandlerRegistration registration,
        Func<BaseLogHandler> create,
        LogHandlerOptions options,
        TimeProvider time,
        SelfDiagnostics diagnostics)
    {
        Name = registration.Name;
        HandlerType = registration.HandlerType;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _queue = new HandlerQueue(options.QueueCapacity, options.QueueBytes, time);
        _context = new LogHandlerContext(Name, () => _options, Counters.Dropped, Enqueue, diagnostics) { Closing = _queue.Closed };
        _handler = new HandlerLifecycle(create, _context, time);
        _consumer = new HandlerConsumer(_handler, _queue, Counters, _context, time);
        // The consumer closes the queue when it ends by itself, too. Then no start will come.
        _queue.Closed.Register(_handler.ReleaseWaiters);
    }

    /// <summary>The handler's name.</summary>
    public string Name { get; }

    /// <summary>The handler's type.</summary>
    public Type HandlerType { get; }

    /// <summary>The current options.</summary>
    public LogHandlerOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>The parts that must be captured.</summary>
    public LogParts Needs => _handler.Needs;

    /// <summary>What became of the records.</summary>
    public HandlerCounters Counters { get; } = new();

    /// <summary>Whether the code that runs now was called by this pipeline's handler.</summary>
    public bool IsFeedback => _consumer.IsRunningHere;

    /// <summary>Completes when the consumer has ended and the handler is disposed.</summary>
    public Task Ended => _consumer.Ended;

    /// <summary>Starts the consumer. Call once.</summary>
    /// <param name="ready">The consumer begins after it.</param>
    public void Start(Task ready) => _consumer.Start(ready);

    /// <summary>Returns when the handler has started. Fails with what its first attempt to start threw; the caller reports it.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _startIsAwaited = true;
        return _handler.Started.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Queues a record. If the queue is full, waits for space or refuses the record, depending on <see cref="LogHandlerOptions.Overflow"/>.
    /// With <see cref="LogHandlerOptions.WritesInCall"/>, writes the record at once instead.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="call">The options of the service whose call it is.</param>
    /// <param name="mayWait">Whether the call may wait or be refused.</param>
    /// <param name="timeout">The longest wait; without it, that of the options.</param>
    /// <returns>False where the pipeline is closed, or the call would wait and must not: nothing was done then.</returns>
    /// <exception cref="Exception"><see cref="BaseLogHandler.OnRefused"/> or <see cref="BaseLogHandler.WriteInCall"/> threw it.</exception>
    public bool TryPost(in RecordValues record, LogHandlerOptions call, bool mayWait, TimeSpan? timeout = null)
    {
        if (IsFeedback)
        {
            Refuse(record, DropReason.Feedback, call);
            return true;
        }

        if (_queue.IsClosed) return false;
        if (call.WritesInCall)
        {
            WriteInCall(record, call);
            return true;
        }

        if (_queue.TryAdd(record)) return true;
        if (!mayWait) return false;
        if (call.Overflow == OverflowMode.Wait && _queue.TryAdd(record, timeout ?? call.WaitTimeout)) return true;
        if (_queue.IsClosed) return false;
        Refuse(record, DropReason.QueueFull, call);
        return true;
    }

    /// <summary>
    /// Queues the lines that the ring kept. Where the queue is full, waits no longer for all of them together than for one record.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <param name="call">The options of the service whose call it is.</param>
    /// <returns>How many lines were queued or refused before the pipeline was closed.</returns>
    public int TryPost(IReadOnlyList<RingLine> lines, LogHandlerOptions call)
    {
        var start = _time.GetTimestamp();
        for (var i = 0; i < lines.Count; i++)
            if (!TryPost(lines[i].Record, call, mayWait: true, call.WaitTimeout - _time.GetElapsedTime(start))) return i;
        return lines.Count;
    }

    /// <summary>
    /// Counts the next record as dropped before it is captured, where the queue is full and no handler handles refusals. A dropped record
    /// must cost little, or an overload feeds itself.
    /// </summary>
    /// <returns>Whether the record was dropped.</returns>
    public bool DropsUncaptured(LogHandlerOptions call)
    {
        if (!_queue.IsFull || _handler.HandlesRefusals || call.Overflow != OverflowMode.Drop || call.WritesInCall) return false;
        if (IsFeedback || _queue.IsClosed) return false;
        Counters.AddDropped(DropReason.QueueFull, 1);
        return true;
    }

    /// <summary>Notifies the handler of a refused record that is counted elsewhere.</summary>
    /// <inheritdoc cref="TryPost(in RecordValues, LogHandlerOptions, bool, TimeSpan?)" path="/exception"/>
    public void NotifyRefused(in RecordValues record, DropReason reason, LogHandlerOptions call) =>
        _handler.OnRefused(record, reason, call);

    /// <summary>Queues a record that the handler itself made. Neither a filter nor a full queue drops it.</summary>
    public void Enqueue(LogRecord record)
    {
        if (!_queue.TryAddUnbounded(record)) Counters.AddDropped(DropReason.AlreadyShutdown, 1);
    }

    /// <summary>Notifies the handler that its options changed.</summary>
    public void NotifyChanged(LogHandlerOptions before) => _handler.OnOptionsChanged(before);

    /// <summary>Returns when everything posted before has reached the <paramref name="target"/>.</summary>
    public async Task FlushAsync(FlushTo target, CancellationToken cancellationToken)
    {
        // Usually only one of the handlers has something to flush. Nobody needs to wake the others.
        if (target == FlushTo.Disk && _queue.Unsettled == 0 && _handler.Running is { HasUnflushed: false }) return;
        var request = new FlushRequest(target, cancellationToken);
        if (!_queue.TryAdd(request))
        {
            // The shutdown has begun. When the consumer has ended, nothing is left to flush.
            using var aborted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _consumer.Aborted);
            await _consumer.Ended.WaitAsync(aborted.Token).ConfigureAwait(false);
            return;
        }

        await request.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports how many records are not written. For a process that is about to end without <see cref="DrainAsync"/>.</summary>
    public void ReportUnwritten()
    {
        if (_queue.Unsettled is > 0 and var left)
        {
            _diagnostics.Report(
                Name, FailureKind.Final, $"{left} records are not written, and the process ends", _handler.Failure);
        }
    }

    /// <summary>
    /// Accepts no more records. Returns when the consumer has ended and the handler has projected its records into the database, or at the
    /// <paramref name="timeout"/>. Then it counts what is left as dropped and reports it.
    /// </summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        var closing = timeout / 10 < MaxClosingTime ? timeout / 10 : MaxClosingTime;
        using (var projecting = new CancellationTokenSource(timeout - closing, _time))
        using (var deadline = new CancellationTokenSource(timeout, _time))
        {
            _context.DrainDeadline = projecting.Token;
            _queue.Close();
            // A handler that ignores its token must not keep the application from ending.
            await Task.WhenAny(_consumer.Ended, Task.Delay(Timeout.InfiniteTimeSpan, _time, deadline.Token)).ConfigureAwait(false);
        }

        // Before the consumer is aborted, so that all that is left is counted in one place.
        var unwritten = Discard(DropReason.AlreadyShutdown);
        if (!_consumer.Ended.IsCompleted) _consumer.Abort();
        if (unwritten == 0) return;
        if (_handler is { Running: null, Failure: { } failure })
        {
            // The caller that awaited the start reports why it failed.
            _diagnostics.Report(
                Name,
                FailureKind.Final,
                $"{unwritten} records were not written: the handler did not start",
                _startIsAwaited ? null : failure);
            return;
        }

        _diagnostics.Report(Name, FailureKind.Final, $"{unwritten} records were not written before the shutdown timeout", _handler.Failure);
    }

    /// <summary>The current state.</summary>
    /// <param name="options">The options of the service that requests the state.</param>
    /// <param name="further">The additional counts of that service.</param>
    public HandlerStatus Status(LogHandlerOptions options, HandlerCounters further) =>
        PipelineStatus.Of(this, _queue, _handler, _diagnostics.LastOf(Name), options, further);

    private void Refuse(in RecordValues record, DropReason reason, LogHandlerOptions call)
    {
        Counters.AddDropped(reason, 1);
        _handler.OnRefused(record, reason, call);
    }

    private void WriteInCall(in RecordValues record, LogHandlerOptions call)
    {
        // A call waits while the first start is under way. Where that start failed, the call is refused at once.
        if (_handler.WaitForStart(call.WaitTimeout) is not { } handler)
        {
            Refuse(record, DropReason.HandlerFailed, call);
            throw new InvalidOperationException($"The handler '{Name}' has not started.", _handler.Failure);
        }

        try
        {
            handler.WriteInCall(new LogRecord(record));
            Counters.AddWritten(1);
        }
        catch (Exception exception)
        {
            Counters.AddDropped(DropReason.HandlerFailed, 1);
            _diagnostics.Report(Name, FailureKind.Final, "a record was not written; its caller got the exception", exception);
            throw;
        }
    }

    private int Discard(DropReason reason)
    {
        var flushes = new List<FlushRequest>();
        var records = _queue.Abandon(flushes);
        Counters.AddDropped(reason, records);
        var closed = new ObjectDisposedException(Name, "The handler was shut down before the flush.");
        foreach (var flush in flushes) flush.Complete(Task.FromException(closed));
        return records;
    }
}
