namespace Zotify.Logging.Common;

/// <summary>
/// Wakes everyone who waits for something new. It keeps no state: a caller takes <see cref="Next"/> first, then reads the state that the
/// signal is about, and awaits the task only if that state is not what it needs. A change between the two completes the task that the
/// caller already has, so no wake-up is lost. A caller that reads the state first may wait for ever. Writers change the state, then call
/// <see cref="Set"/>. Thread-safe.
/// </summary>
internal sealed class AsyncSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>
    /// Completes with the next <see cref="Set"/> or <see cref="Fail"/>. Continuations run on the thread pool, never in the call that set
    /// the signal.
    /// </summary>
    public Task Next => _next.Task;

    /// <summary>Wakes everyone who has taken <see cref="Next"/>; callers that take it from now on wait for the next call.</summary>
    public void Set() => Interlocked.Exchange(ref _next, New()).SetResult();

    /// <summary>As <see cref="Set"/>, but whoever waits gets the exception. It counts as observed when nobody waits.</summary>
    public void Fail(Exception exception)
    {
        var failed = Interlocked.Exchange(ref _next, New());
        failed.SetException(exception);
        _ = failed.Task.Exception;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
