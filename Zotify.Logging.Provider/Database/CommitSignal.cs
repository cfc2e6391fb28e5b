namespace Zotify.Logging.Database;

/// <summary>
/// Wakes the subscribers of the tables when this process has committed. It knows nothing of other processes. Thread-safe.
/// </summary>
internal sealed class CommitSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes with the next commit. Ask for it before looking, so as not to miss what comes in meanwhile.</summary>
    public Task Next => _next.Task;

    /// <summary>Something was committed.</summary>
    public void Set() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
