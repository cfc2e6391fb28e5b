using Zotify.Logging.Common;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>A pipeline's handler, from the first attempt to start it to its disposal. The pipeline's reader starts and disposes it; any thread reads.</summary>
/// <param name="create">Makes the handler, anew for every attempt.</param>
/// <param name="context">What the handler gets.</param>
/// <param name="time">The clock of the attempts.</param>
internal sealed class HandlerLifecycle(Func<BaseLogHandler> create, LogHandlerContext context, TimeProvider time)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _tried = new();
    private volatile BaseLogHandler? _attached;
    private volatile BaseLogHandler? _running;
    private volatile bool _hearsRefusals;
    private volatile Exception? _failure;

    /// <summary>The handler, once it has started.</summary>
    public BaseLogHandler? Running => _running;

    /// <summary>What must be captured; everything, until the handler is made and can say.</summary>
    public LogParts Needs => _running?.Needs ?? LogParts.All;

    /// <summary>Whether it wants to hear of refused records.</summary>
    public bool HearsRefusals => _hearsRefusals;

    /// <summary>Why it does not start, or what its last write threw; <see langword="null"/> while it works.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>Completes when it has started; fails with what the first attempt threw.</summary>
    public Task Started => _started.Task;

    /// <summary>Tells it of a refused record.</summary>
    public void OnRefused(in RecordValues record, DropReason reason)
    {
        if (_hearsRefusals) _attached!.OnRefused(new LogRecord(record), reason);
    }

    /// <summary>Tells it that its options changed.</summary>
    public void OnOptionsChanged(LogHandlerOptions before) => _attached?.OnOptionsChanged(before);

    /// <summary>The handler; while its first attempt to start is on, blocks for it. <see langword="null"/> where it does not start.</summary>
    public BaseLogHandler? WaitForStart(TimeSpan patience)
    {
        if (_running is null) _tried.Wait(patience);
        return _running;
    }

    /// <summary>Lets nobody wait for a start any longer.</summary>
    public void StopWaiting() => _tried.Set();

    /// <summary>Makes and starts the handler. A start that fails is tried again while the queue fills: a disk or a lock may come free.</summary>
    /// <param name="closing">Ends the waiting between two attempts.</param>
    /// <param name="abort">Ends an attempt.</param>
    /// <returns>False where the pipeline was closed first.</returns>
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
            handler.Attach(context);
            _attached = handler;
            _hearsRefusals = ((Action<LogRecord, DropReason>)handler.OnRefused).Method.DeclaringType != typeof(BaseLogHandler);
            await handler.StartAsync(abort).ConfigureAwait(false);
            _running = handler;
            _failure = null;
            _tried.Set();
            _started.TrySetResult();
            return true;
        }
        catch (Exception exception)
        {
            await DisposeAsync(handler).ConfigureAwait(false);
            _failure = exception;
            _tried.Set();
            // The host reports the first failure and stops its start; without a host the second attempt tells.
            const string Message = "the handler does not start";
            if (_started.TrySetException(exception)) context.Diagnostics.Remember(context.Name, Message, exception);
            else context.Diagnostics.Report(context.Name, FailureKind.Permanent, Message, exception);
            return false;
        }
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
