using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A handler's own way: a bounded queue that any thread posts to, and one reader that drains it to the handler. What
/// happens on one pipeline never holds up another. Thread-safe.
/// </summary>
internal sealed class HandlerPipeline
{
    // Set once.
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly HandlerQueue _queue;
    private readonly HandlerLifecycle _handler;
    private readonly HandlerConsumer _reader;

    // Written by those who start and stop the pipeline, and by changes of the configuration.
    private volatile LogHandlerOptions _options;
    private volatile bool _startIsAwaited;
    private TimeSpan _spent;

    public HandlerPipeline(HandlerRegistration registration, LogHandlerOptions options, IServiceProvider services, TimeProvider time, SelfDiagnostics diagnostics)
    {
        Name = registration.Name;
        HandlerType = registration.HandlerType;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _queue = new HandlerQueue(options.QueueCapacity, options.QueueBytes, time);
        var context = new LogHandlerContext(Name, () => _options, Counters.Dropped, Enqueue, diagnostics);
        _handler = new HandlerLifecycle(registration.Prepare(services), context, time);
        _reader = new HandlerConsumer(_handler, _queue, Counters, context, time);
        // Also where the reader ends by itself: whoever waits for the start waits for nothing.
        _queue.Closed.Register(_handler.StopWaiting);
    }

    /// <summary>The handler's name.</summary>
    public string Name { get; }

    /// <summary>The handler's type.</summary>
    public Type HandlerType { get; }

    /// <summary>The options in force.</summary>
    public LogHandlerOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>What must be captured.</summary>
    public LogParts Needs => _handler.Needs;

    /// <summary>What became of the records.</summary>
    public HandlerCounters Counters { get; } = new();

    /// <summary>Whether the code that runs now was called by this pipeline's handler.</summary>
    public bool IsFeedback => _reader.IsRunningHere;

    /// <summary>Starts the reader.</summary>
    public void Start() => _reader.Start();

    /// <summary>Returns when the handler has started; fails with what its first attempt to start threw, which the caller tells.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _startIsAwaited = true;
        return _handler.Started.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Queues a record, waits for a place, or refuses it, as <see cref="LogHandlerOptions.Overflow"/> says; or has it
    /// written at once, where <see cref="LogHandlerOptions.WritesInCall"/> says so.
    /// </summary>
    /// <exception cref="Exception">What <see cref="BaseLogHandler.OnRefused"/> or <see cref="BaseLogHandler.WriteInCall"/> throws.</exception>
    public void Post(in RecordValues record)
    {
        if (IsFeedback) Refuse(record, DropReason.Feedback);
        else if (_queue.IsClosed) Refuse(record, DropReason.AlreadyShutdown);
        else if (_options.WritesInCall) WriteInCall(record);
        else if (!_queue.TryAdd(record) && (_options.Overflow == OverflowMode.Drop || !_queue.TryAdd(record, _options.WaitTimeout)))
            Refuse(record, _queue.IsClosed ? DropReason.AlreadyShutdown : DropReason.QueueFull);
    }

    /// <summary>
    /// Counts the next record as dropped before it is captured, where the queue is full and nobody is to be told of it: what
    /// is dropped must cost little, or an overload feeds itself.
    /// </summary>
    public bool DropsUncaptured()
    {
        if (!_queue.IsFull || _handler.HearsRefusals || _options.Overflow != OverflowMode.Drop || _options.WritesInCall) return false;
        if (IsFeedback || _queue.IsClosed) return false;
        Counters.AddDropped(DropReason.QueueFull, 1);
        return true;
    }

    /// <summary>Queues a record of the handler's own: neither a filter nor a full queue cuts it.</summary>
    public void Enqueue(LogRecord record)
    {
        if (!_queue.TryAddOwn(record)) Counters.AddDropped(DropReason.AlreadyShutdown, 1);
    }

    /// <summary>Tells the handler that its options changed.</summary>
    public void TellChanged(LogHandlerOptions before) => _handler.OnOptionsChanged(before);

    /// <summary>Returns when everything posted before is as far as <paramref name="target"/> says.</summary>
    public async Task FlushAsync(FlushTo target, CancellationToken cancellationToken)
    {
        var request = new FlushRequest(target, cancellationToken);
        if (!_queue.TryAdd(request))
        {
            // Being drained or drained already: when the reader has ended, there is nothing left to flush.
            using var aborted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _reader.Aborted);
            await _reader.Ended.WaitAsync(aborted.Token).ConfigureAwait(false);
            return;
        }

        await request.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Flushes what was posted before to the disk, as far as that can be done. The time it takes is no longer there for <see cref="DrainAsync"/>. Throws nothing.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        try
        {
            await FlushAsync(FlushTo.Disk, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The drain has the last word: it counts what is left and says so.
        }

        _spent = _time.GetElapsedTime(start);
    }

    /// <summary>Says what is not written, where the process is about to end without <see cref="DrainAsync"/>.</summary>
    public void TellUnwritten()
    {
        if (_queue.Unsettled is > 0 and var left)
            _diagnostics.Report(Name, FailureKind.Final, $"{left} records are not written at the signal that ends the process", _handler.Failure);
    }

    /// <summary>Takes no more records, and returns when the reader has ended, or <paramref name="timeout"/> is over, which includes the time of <see cref="StopAsync"/>: then what is left is counted as dropped, and said.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        _queue.Close();
        using (var deadline = new CancellationTokenSource(timeout > _spent ? timeout - _spent : TimeSpan.Zero, _time))
        {
            // A handler that does not heed its token must not keep the application from ending.
            await Task.WhenAny(_reader.Ended, Task.Delay(Timeout.InfiniteTimeSpan, _time, deadline.Token)).ConfigureAwait(false);
        }

        // Before the reader hears of it: so all that is left is counted in one place.
        var left = Discard(DropReason.AlreadyShutdown);
        if (!_reader.Ended.IsCompleted) _reader.Abort();
        if (left == 0) return;
        if (_handler is { Running: null, Failure: { } failure })
        {
            // Who awaited the start tells why it failed.
            _diagnostics.Report(Name, FailureKind.Final, $"{left} records were not written: the handler did not start", _startIsAwaited ? null : failure);
            return;
        }

        _diagnostics.Report(Name, FailureKind.Final, $"{left} records were not written before the shutdown timeout", _handler.Failure);
    }

    /// <summary>The state at this moment.</summary>
    public HandlerStatus Status() => PipelineStatus.Of(this, _queue, _handler, _diagnostics.LastOf(Name));

    private void Refuse(in RecordValues record, DropReason reason)
    {
        Counters.AddDropped(reason, 1);
        _handler.OnRefused(record, reason);
    }

    private void WriteInCall(in RecordValues record)
    {
        // A call that comes while the handler starts waits for it; one that comes while it cannot start is refused at once.
        if (_handler.WaitForStart(_options.WaitTimeout) is not { } handler)
        {
            Refuse(record, DropReason.HandlerFailed);
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
            _diagnostics.Report(Name, FailureKind.Final, "a record was not written, and its caller was told", exception);
            throw;
        }
    }

    private int Discard(DropReason reason)
    {
        var flushes = new List<FlushRequest>();
        var records = _queue.Abandon(flushes);
        Counters.AddDropped(reason, records);
        foreach (var flush in flushes)
            _ = flush.CompleteWithAsync(Task.FromException(new ObjectDisposedException(Name, "The handler was shut down before the flush.")));
        return records;
    }
}
