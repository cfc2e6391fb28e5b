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
    // Set once.
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly HandlerQueue _queue;
    private readonly HandlerLifecycle _handler;
    private readonly HandlerConsumer _consumer;
    private readonly InCallWriter _inCall;
    private readonly PipelineDrain _drain;

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
        var context = new LogHandlerContext(Name, () => _options, Counters.Dropped, Enqueue, diagnostics) { Closing = _queue.Closed };
        _handler = new HandlerLifecycle(create, context, time) { OnFailure = failure => _consumer!.FailFlushes(failure) };
        _consumer = new HandlerConsumer(_handler, _queue, Counters, context, time);
        _inCall = new InCallWriter(_handler, () => _queue.IsClosed, Counters, context);
        _drain = new PipelineDrain(_queue, _handler, _consumer, Counters, context, time);
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

    /// <summary>
    /// Whether more than a buffer of records waits. Then the callers should do as much of the work as they can: together they have more
    /// processors than the one consumer.
    /// </summary>
    public bool IsBehind => _queue.Count > RecordBuffer.UsualCount;

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
    /// <exception cref="Exception">
    /// <see cref="BaseLogHandler.OnRefused"/> or <see cref="BaseLogHandler.TryWriteInCall"/> threw it.
    /// </exception>
    public bool TryPost(in RecordValues record, LogHandlerOptions call, bool mayWait, TimeSpan? timeout = null)
    {
        if (IsFeedback)
        {
            Refuse(record, DropReason.Feedback, call);
            return true;
        }

        if (_queue.IsClosed) return false;
        if (call.WritesInCall) return _inCall.TryWrite(record, call);
        if (_queue.TryAdd(record)) return true;
        if (!mayWait) return false;
        if (call.Overflow == OverflowMode.Wait && _queue.TryAdd(record, timeout ?? call.WaitTimeout)) return true;
        if (_queue.IsClosed) return false;
        Refuse(record, DropReason.QueueFull, call);
        return true;
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
    /// <inheritdoc cref="TryPost" path="/exception"/>
    public void NotifyRefused(in RecordValues record, DropReason reason, LogHandlerOptions call) =>
        _handler.OnRefused(record, reason, call);

    /// <summary>Queues a record that the handler itself made. Neither a filter nor a full queue drops it.</summary>
    public void Enqueue(LogRecord record)
    {
        if (!_queue.TryAddUnbounded(record)) Counters.AddDropped(DropReason.AlreadyShutdown, 1);
    }

    /// <summary>Notifies the handler that its options changed.</summary>
    public void NotifyChanged(LogHandlerOptions before) => _handler.OnOptionsChanged(before);

    /// <summary>
    /// Whether everything posted before has reached the <paramref name="target"/>. Usually only one of the handlers has something to flush,
    /// and nobody needs to wake the others.
    /// </summary>
    public bool IsFlushed(FlushTo target) =>
        _queue.Unsettled == 0
        && _handler.Running is { HasUnflushed: false } handler
        && (target == FlushTo.Disk || !handler.HasUnprojected);

    /// <summary>Returns when everything posted before has reached the <paramref name="target"/>.</summary>
    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken)
    {
        if (IsFlushed(target)) return Task.CompletedTask;
        if (!cancellationToken.CanBeCanceled && _queue.Join(target, failsAtOnce: false) is { } request) return request.Done;
        return RequestFlushAsync(new FlushRequest(target, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Returns when everything posted before is on the disk. Unlike <see cref="FlushAsync"/>, it does not wait while the handler fails: a
    /// batch that cannot be written is retried for as long as it takes.
    /// </summary>
    /// <exception cref="IOException">The handler fails. What was posted may still be written.</exception>
    public Task FlushOrFailAsync(CancellationToken cancellationToken)
    {
        if (IsFlushed(FlushTo.Disk)) return Task.CompletedTask;
        var joined = cancellationToken.CanBeCanceled ? null : _queue.Join(FlushTo.Disk, failsAtOnce: true);
        var request = joined ?? new FlushRequest(FlushTo.Disk, cancellationToken, failsAtOnce: true);
        var flushed = joined?.Done ?? RequestFlushAsync(request, cancellationToken);
        // After the request is in the queue: a failure either finds it there, or is seen here.
        if (_handler.Failure is { } failure) request.Fail(_consumer.UnwrittenException(failure));
        return flushed;
    }

    /// <summary><see cref="FlushOrFailAsync"/>, within <see cref="LogHandlerOptions.WaitTimeout"/>.</summary>
    /// <exception cref="IOException">
    /// The handler fails, or did not reach its disk in time. What was posted may still be written.
    /// </exception>
    public async Task FlushInTimeAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Options.WaitTimeout, _time);
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await FlushOrFailAsync(abandoned.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{Name}: the disk did not answer within {Options.WaitTimeout}");
        }
    }

    /// <inheritdoc cref="PipelineDrain.ReportUnwritten"/>
    public void ReportUnwritten() => _drain.ReportUnwritten();

    /// <inheritdoc cref="PipelineDrain.RunAsync"/>
    public Task DrainAsync(TimeSpan timeout) => _drain.RunAsync(timeout, _startIsAwaited);

    /// <summary>The current state.</summary>
    /// <param name="options">The options of the service that requests the state.</param>
    /// <param name="further">The additional counts of that service.</param>
    public HandlerStatus Status(LogHandlerOptions options, HandlerCounters further) =>
        PipelineStatus.Of(this, _queue, _handler, _diagnostics.LastOf(Name), options, further);

    private async Task RequestFlushAsync(FlushRequest request, CancellationToken cancellationToken)
    {
        if (!_queue.TryAdd(request))
        {
            // The shutdown has begun. When the consumer has ended, nothing is left to flush.
            await _consumer.EndedOrAborted.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await request.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Refuse(in RecordValues record, DropReason reason, LogHandlerOptions call)
    {
        Counters.AddDropped(reason, 1);
        _handler.OnRefused(record, reason, call);
    }
}
