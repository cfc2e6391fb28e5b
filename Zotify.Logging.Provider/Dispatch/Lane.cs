using System.Threading.Channels;
using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Diagnostics;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>
/// A handler's own way: a bounded channel that any thread posts to, and one reader that makes the handler, gives it
/// batches and retries. What happens on one lane never holds up another.
/// </summary>
internal sealed class Lane
{
    /// <summary>The lane whose reader, or what it called, is running here: its own log calls must not feed it.</summary>
    private static readonly AsyncLocal<Lane?> Running = new();

    // Set once.
    private readonly HandlerRegistration _registration;
    private readonly Func<BaseLogHandler> _create;
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly LaneQueue _queue;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _tried = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _abort = new();

    // Shared by writers and the reader.
    private readonly LaneCounters _counters = new();
    private volatile LogHandlerOptions _options;

    // Written by the reader, read by all.
    private volatile BaseLogHandler? _attached;
    private volatile bool _hearsRefusals;
    private volatile BaseLogHandler? _handler;
    private volatile Exception? _failure;
    private Task _reader = Task.CompletedTask;

    // Written by those who start and stop the lane.
    private volatile bool _startIsAwaited;
    private TimeSpan _spent;

    public Lane(HandlerRegistration registration, LogHandlerOptions options, IServiceProvider services, TimeProvider time, SelfDiagnostics diagnostics)
    {
        _registration = registration;
        _options = options;
        _create = registration.Prepare(services);
        _time = time;
        _diagnostics = diagnostics;
        _queue = new LaneQueue(options.QueueCapacity, options.QueueBytes, time);
    }

    /// <summary>The handler's name.</summary>
    public string Name => _registration.Name;

    /// <summary>The handler's type.</summary>
    public Type HandlerType => _registration.HandlerType;

    /// <summary>The options in force.</summary>
    public LogHandlerOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>What must be captured; everything, until the handler is made and can say.</summary>
    public LogParts Needs => _handler?.Needs ?? LogParts.All;

    /// <summary>What became of the records.</summary>
    public LaneCounters Counters => _counters;

    /// <summary>Whether the code that runs now was called by this lane's handler.</summary>
    public bool IsOwnEcho => Running.Value == this;

    /// <summary>Starts the reader.</summary>
    public void Start()
    {
        // Without this the reader would keep the scopes and the activity of whoever logged first.
        using (ExecutionContext.SuppressFlow()) _reader = Task.Run(RunAsync);
    }

    /// <summary>Returns when the handler has started; fails with what its first attempt to start threw, which the caller tells.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _startIsAwaited = true;
        return _started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Queues a record, waits for a place, or refuses it, as <see cref="LogHandlerOptions.Overflow"/> says; or has it
    /// written at once, where <see cref="LogHandlerOptions.WritesInCall"/> says so.
    /// </summary>
    /// <exception cref="Exception">What <see cref="BaseLogHandler.OnRefused"/> or <see cref="BaseLogHandler.WriteInCall"/> throws.</exception>
    public void Post(LogRecord record)
    {
        if (IsOwnEcho) Refuse(record, DropReason.OwnEcho);
        else if (_closing.IsCancellationRequested) Refuse(record, DropReason.AlreadyShutdown);
        else if (_options.WritesInCall) WriteInCall(record);
        else if (!_queue.TryAdd(record) && (_options.Overflow == OverflowMode.Drop || !_queue.TryAdd(record, _options.WaitTimeout)))
            Refuse(record, _closing.IsCancellationRequested ? DropReason.AlreadyShutdown : DropReason.QueueFull);
    }

    /// <summary>
    /// Counts the next record as dropped before it is captured, where the queue is full and nobody is to be told of it: what
    /// is dropped must cost little, or an overload feeds itself.
    /// </summary>
    public bool DropsUncaptured()
    {
        if (!_queue.IsFull || _hearsRefusals || _options.Overflow != OverflowMode.Drop || _options.WritesInCall) return false;
        if (IsOwnEcho || _closing.IsCancellationRequested) return false;
        _counters.AddDropped(DropReason.QueueFull, 1);
        return true;
    }

    /// <summary>Queues a record of the handler's own: no filter cuts it, and a full queue only delays it.</summary>
    public async Task EnqueueAsync(LogRecord record)
    {
        try
        {
            await _queue.AddAsync(record).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            _counters.AddDropped(DropReason.AlreadyShutdown, 1);
        }
    }

    /// <summary>Tells the handler that its options changed.</summary>
    public void TellChanged(LogHandlerOptions before) => _attached?.OnOptionsChanged(before);

    /// <summary>Returns when everything posted before is as far as <paramref name="target"/> says.</summary>
    public async Task FlushAsync(FlushTo target, CancellationToken cancellationToken)
    {
        var request = new FlushRequest(target, cancellationToken);
        try
        {
            await _queue.AddAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Being drained or drained already: when the reader has ended, there is nothing left to flush.
            using var aborted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abort.Token);
            await _reader.WaitAsync(aborted.Token).ConfigureAwait(false);
            return;
        }

        await request.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more records, and ends the reader when the queue is empty. Idempotent.</summary>
    public void Close()
    {
        _closing.Cancel();
        _tried.Set();
        _queue.Close();
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
        if (_queue.Unsettled is > 0 and var left) _diagnostics.Report(Name, FailureKind.Final, $"{left} records are not written at the signal that ends the process", _failure);
    }

    /// <summary>Returns when the reader has ended, or <paramref name="timeout"/> is over, which includes the time of <see cref="StopAsync"/>: then what is left is counted as dropped, and said.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        Close();
        using (var deadline = new CancellationTokenSource(timeout > _spent ? timeout - _spent : TimeSpan.Zero, _time))
        {
            // A handler that does not heed its token must not keep the application from ending.
            await Task.WhenAny(_reader, Task.Delay(Timeout.InfiniteTimeSpan, _time, deadline.Token)).ConfigureAwait(false);
        }

        // Before the reader hears of it: so all that is left is counted in one place.
        var left = Discard(DropReason.AlreadyShutdown);
        if (!_reader.IsCompleted) _ = _abort.CancelAsync();
        if (left == 0) return;
        if (_handler is null && _failure is not null)
        {
            // Who awaited the start tells why it failed.
            _diagnostics.Report(Name, FailureKind.Final, $"{left} records were not written: the handler did not start", _startIsAwaited ? null : _failure);
            return;
        }

        _diagnostics.Report(Name, FailureKind.Final, $"{left} records were not written before the shutdown timeout", _failure);
    }

    /// <summary>The state at this moment.</summary>
    public HandlerStatus Status()
    {
        var projection = _handler?.Projection ?? default;
        var enabled = _options.Enabled;
        var failure = FailureNow();
        return new HandlerStatus
        {
            Name = Name,
            HandlerType = HandlerType,
            State = StateOf(enabled, failure),
            Enabled = enabled,
            Queued = _queue.Count,
            QueueCapacity = _queue.Capacity,
            QueuedBytes = _queue.Bytes,
            QueueBytesCapacity = _queue.MaxBytes,
            Written = _counters.Written,
            Retried = _counters.Retried,
            Dropped = DropReasonNames.All.Where(r => _counters.Dropped(r) > 0).ToDictionary(r => r, _counters.Dropped),
            Rejected = projection.Rejected,
            Behind = projection.Behind,
            Failure = failure,
            ProjectionFailure = projection.Failure?.Message,
            LastError = _diagnostics.LastOf(Name),
        };
    }

    /// <summary>Why it does not write: what it threw or says itself; where it is stuck without a word, its queue shows it.</summary>
    private string? FailureNow()
    {
        if ((_failure ?? _handler?.WriteFailure) is { } failure) return SelfDiagnostics.MessageOf(failure);
        return _counters.IsOverflowing ? "its queue is full" : null;
    }

    private HandlerState StateOf(bool enabled, string? failure)
    {
        if (_closing.IsCancellationRequested) return HandlerState.Stopped;
        if (failure is not null) return HandlerState.Failing;
        if (_handler is null) return HandlerState.Starting;
        return enabled ? HandlerState.Running : HandlerState.Disabled;
    }

    private void Refuse(LogRecord record, DropReason reason)
    {
        _counters.AddDropped(reason, 1);
        _attached?.OnRefused(record, reason);
    }

    private void WriteInCall(LogRecord record)
    {
        // A call that comes while the handler starts waits for it; one that comes while it cannot start is refused at once.
        if (_handler is null) _tried.Wait(_options.WaitTimeout);
        if (_handler is not { } handler)
        {
            Refuse(record, DropReason.HandlerFailed);
            throw new InvalidOperationException($"The handler '{Name}' has not started.", _failure);
        }

        try
        {
            handler.WriteInCall(record);
            _counters.AddWritten(1);
        }
        catch (Exception exception)
        {
            _counters.AddDropped(DropReason.HandlerFailed, 1);
            _diagnostics.Report(Name, FailureKind.Final, "a record was not written, and its caller was told", exception);
            throw;
        }
    }

    private async Task RunAsync()
    {
        Running.Value = this;
        try
        {
            if (!await StartHandlerAsync().ConfigureAwait(false)) return;
            var batch = new List<LogRecord>();
            while (await _queue.WaitAsync(_abort.Token).ConfigureAwait(false))
            {
                var flush = _queue.Take(batch, _options.MaxBatchSize);
                if (batch.Count > 0) await WriteAsync(batch).ConfigureAwait(false);
                _queue.Free(batch);
                batch.Clear();
                if (flush is not null) await FlushAsync(flush).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // The shutdown timeout: DrainAsync has counted what is left.
        }
        finally
        {
            Close();
            await DisposeHandlerAsync(_handler).ConfigureAwait(false);
        }
    }

    /// <summary>Makes and starts the handler. A start that fails is tried again while the queue fills: a disk or a lock may come free.</summary>
    private async Task<bool> StartHandlerAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            BaseLogHandler? handler = null;
            try
            {
                handler = _create();
                handler.Attach(new LogHandlerContext(Name, () => _options, _counters.Dropped, record => _ = EnqueueAsync(record), _diagnostics));
                _attached = handler;
                _hearsRefusals = ((Action<LogRecord, DropReason>)handler.OnRefused).Method.DeclaringType != typeof(BaseLogHandler);
                await handler.StartAsync(_abort.Token).ConfigureAwait(false);
                _handler = handler;
                _failure = null;
                _tried.Set();
                _started.TrySetResult();
                return true;
            }
            catch (Exception exception)
            {
                await DisposeHandlerAsync(handler).ConfigureAwait(false);
                _failure = exception;
                _tried.Set();
                // The host reports the first failure and stops its start; without a host the second attempt tells.
                const string Message = "the handler does not start";
                if (_started.TrySetException(exception)) _diagnostics.Remember(Name, Message, exception);
                else _diagnostics.Report(Name, FailureKind.Permanent, Message, exception);
            }

            try
            {
                await Task.Delay(RetrySchedule.After(attempt), _time, _closing.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private async Task WriteAsync(List<LogRecord> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (attempt > 1) _counters.AddRetried(batch.Count);
            try
            {
                await _handler!.WriteAsync(batch, _abort.Token).ConfigureAwait(false);
                _counters.AddWritten(_queue.Settle());
                _failure = null;
                return;
            }
            catch (Exception exception)
            {
                _failure = exception;
                _abort.Token.ThrowIfCancellationRequested();
                if (!ShouldRetry(exception, attempt))
                {
                    Lose(exception);
                    return;
                }

                _diagnostics.Report(Name, FailureKind.Temporary, $"{batch.Count} records could not be written yet", exception);
            }

            await Task.Delay(RetrySchedule.After(attempt), _time, _abort.Token).ConfigureAwait(false);
        }
    }

    private bool ShouldRetry(Exception exception, int attempt)
    {
        try
        {
            return _handler!.ShouldRetry(exception, attempt);
        }
        catch (Exception fault)
        {
            _diagnostics.Report(Name, FailureKind.Permanent, "the handler cannot say whether to try again; it is not", fault);
            return false;
        }
    }

    /// <summary>Counts the batch as dropped, unless the drain has given it up already.</summary>
    private void Lose(Exception exception)
    {
        var lost = _queue.Settle();
        if (lost == 0) return;
        _counters.AddDropped(DropReason.HandlerFailed, lost);
        _diagnostics.Report(Name, FailureKind.Final, $"{lost} records could not be written and are dropped", exception);
    }

    private async Task FlushAsync(FlushRequest request)
    {
        // A flush that reaches the disk stays between two batches; the database may take long, so batches go on beside it.
        var flushed = FlushHandlerAsync(request.CancellationToken);
        if (request.Target == FlushTo.Disk)
        {
            await request.CompleteWithAsync(flushed).ConfigureAwait(false);
            return;
        }

        await Task.WhenAny(flushed).ConfigureAwait(false);
        _ = request.CompleteWithAsync(flushed.IsCompletedSuccessfully ? ProjectHandlerAsync(request.CancellationToken) : flushed);
    }

    // Async, so that what a handler throws before it returns a task ends the request and not the reader.
    private async Task FlushHandlerAsync(CancellationToken cancellationToken) => await _handler!.FlushAsync(cancellationToken).ConfigureAwait(false);

    private async Task ProjectHandlerAsync(CancellationToken cancellationToken) => await _handler!.ProjectAsync(cancellationToken).ConfigureAwait(false);

    private int Discard(DropReason reason)
    {
        var flushes = new List<FlushRequest>();
        var records = _queue.Abandon(flushes);
        _counters.AddDropped(reason, records);
        foreach (var flush in flushes)
            _ = flush.CompleteWithAsync(Task.FromException(new ObjectDisposedException(Name, "The handler was shut down before the flush.")));
        return records;
    }

    private async Task DisposeHandlerAsync(BaseLogHandler? handler)
    {
        if (handler is null) return;
        try
        {
            await handler.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _diagnostics.Report(Name, FailureKind.Permanent, "the handler could not be closed", exception);
        }
    }
}
