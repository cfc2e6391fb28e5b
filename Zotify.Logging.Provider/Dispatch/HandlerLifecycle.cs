using Zotify.Logging.Common;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// A handler from the first attempt to start it to its disposal. The pipeline's consumer starts and disposes it; any thread may read.
/// </summary>
/// <param name="create">Creates a new handler for every attempt.</param>
/// <param name="context">The name, options and services that the handler gets.</param>
/// <param name="time">The clock of the waits between attempts.</param>
internal sealed class HandlerLifecycle(Func<BaseLogHandler> create, LogHandlerContext context, TimeProvider time)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _attempted = new();
    private volatile BaseLogHandler? _attached;
    private volatile BaseLogHandler? _running;
    private volatile bool _handlesRefusals;
    private volatile Exception? _failure;

    /// <summary>The handler, once it has started.</summary>
    public BaseLogHandler? Running => _running;

    /// <summary>The parts that must be captured: all of them until the handler has started, then those that it needs.</summary>
    public LogParts Needs => _running?.Needs ?? LogParts.All;

    /// <summary>Whether its type overrides <see cref="BaseLogHandler.OnRefused"/>.</summary>
    public bool HandlesRefusals => _handlesRefusals;

    /// <summary>Why it does not start, or what its last write threw; <see langword="null"/> while it works.</summary>
    public Exception? Failure
    {
        get => _failure;
        set
        {
            _failure = value;
            if (value is not null) OnFailure?.Invoke(value);
        }
    }

    /// <summary>Called with every <see cref="Failure"/>, on the consumer's thread. Throws nothing.</summary>
    public Action<Exception>? OnFailure { private get; init; }

    /// <summary>
    /// Completes when the handler has started. Fails with the exception of the first attempt until another attempt succeeds.
    /// </summary>
    public Task Started => _running is null ? _started.Task : Task.CompletedTask;

    /// <summary>Notifies it of a refused record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="call">The options of the service whose call it was.</param>
    public void OnRefused(in RecordValues record, DropReason reason, LogHandlerOptions call)
    {
        // The caller waits for an answer, even if no start was tried yet.
        if (_attached is null && call.WritesInCall) Attach(create());
        if (_handlesRefusals) _attached!.OnRefusedCall(new LogRecord(record), reason, call);
    }

    /// <summary>Notifies it that its options changed.</summary>
    public void OnOptionsChanged(LogHandlerOptions before) => _attached?.OnOptionsChanged(before);

    /// <summary>
    /// The handler, or <see langword="null"/> where it does not start. Blocks while its first attempt to start is under way, for the
    /// <paramref name="timeout"/> at most.
    /// </summary>
    public BaseLogHandler? WaitForStart(TimeSpan timeout)
    {
        if (_running is null) _attempted.Wait(timeout);
        return _running;
    }

    /// <summary>Releases all who wait for the start.</summary>
    public void ReleaseWaiters() => _attempted.Set();

    /// <summary>Creates and starts the handler. Retries a failed start while the queue fills: a disk or a lock may become free.</summary>
    /// <param name="closing">Ends the wait between two attempts.</param>
    /// <param name="abort">Ends an attempt.</param>
    /// <returns>False where the queue was closed first.</returns>
    public async Task<bool> StartAsync(CancellationToken closing, CancellationToken abort)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryStartAsync(abort).ConfigureAwait(false)) return true;
            try
            {
                await Task.Delay(RetrySchedule.After(attempt), time, closing).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    /// <summary>Disposes the handler, if it has started. Throws nothing.</summary>
    public Task DisposeAsync() => DisposeAsync(_running);

    private async Task<bool> TryStartAsync(CancellationToken abort)
    {
        BaseLogHandler? handler = null;
        try
        {
            handler = create();
            Attach(handler);
            await handler.StartAsync(abort).ConfigureAwait(false);
            _running = handler;
            _failure = null;
            _attempted.Set();
            _started.TrySetResult();
            return true;
        }
        catch (Exception exception)
        {
            await DisposeAsync(handler).ConfigureAwait(false);
            Failure = exception;
            _attempted.Set();
            // A host reports the first failure and stops its start. Without a host, the second failure is reported here.
            const string Message = "the handler does not start";
            if (_started.Task.IsCompleted) context.Diagnostics.Report(context.Name, FailureKind.Permanent, Message, exception);
            else context.Diagnostics.Remember(context.Name, Message, exception);
            _started.TrySetException(exception);
            return false;
        }
    }

    private void Attach(BaseLogHandler handler)
    {
        handler.Attach(context);
        _attached = handler;
        _handlesRefusals = ((Action<LogRecord, DropReason>)handler.OnRefused).Method.DeclaringType != typeof(BaseLogHandler);
    }

    private async Task DisposeAsync(BaseLogHandler? handler)
    {
        if (handler is null) return;
        try
        {
            await handler.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            context.Diagnostics.Report(context.Name, FailureKind.Permanent, "the handler could not be closed", exception);
        }
    }
}
