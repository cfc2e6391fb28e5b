namespace Zotify.Logging.Dispatch;

/// <summary>A request for a flush, on its way through a handler's queue.</summary>
/// <param name="target">How far the flush goes.</param>
/// <param name="cancellationToken">Its caller no longer waits for it.</param>
/// <param name="failsAtOnce">Whether it fails with a write that fails, instead of waiting for the next attempt.</param>
internal sealed class FlushRequest(FlushTo target, CancellationToken cancellationToken, bool failsAtOnce = false)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancelled;

    /// <summary>How far the flush goes.</summary>
    public FlushTo Target { get; } = target;

    /// <summary>Whether it fails with a write that fails, instead of waiting for the next attempt.</summary>
    public bool FailsAtOnce { get; } = failsAtOnce;

    /// <summary>How many records were added to the queue before it. Guarded by the queue's lock.</summary>
    public long Position { get; set; }

    /// <summary>Whether nobody can leave it, so that several callers may wait for it.</summary>
    public bool IsShareable { get; } = !cancellationToken.CanBeCanceled;

    /// <summary>Completes when everything logged before the request has reached the target. Fails as the handler failed.</summary>
    public Task Done => _done.Task;

    /// <summary>Calls back once when nobody waits for the flush any more, before it completes. For its one group.</summary>
    public void OnCancelled(Action callback) =>
        _cancelled = cancellationToken.UnsafeRegister(static action => ((Action)action!)(), callback);

    /// <summary>Completes the request as ended work did.</summary>
    public void Complete(Task work)
    {
        _cancelled.Dispose();
        if (work.IsCompletedSuccessfully) _done.TrySetResult();
        else if (work.IsCanceled) _done.TrySetCanceled(cancellationToken);
        else _done.TrySetException(work.Exception!.InnerExceptions);
    }

    /// <summary>Fails the request, unless it is complete. Its callers do not wait for the flush any more. Thread-safe.</summary>
    public void Fail(Exception exception) => _done.TrySetException(exception);
}
