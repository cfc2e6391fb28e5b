namespace Zotify.Logging.Database;

/// <summary>Tells whoever follows the tables that this process has committed. What others commit it knows nothing of. Thread-safe.</summary>
internal sealed class CommitSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes with the next commit. Ask for it before looking, so as not to miss what comes in meanwhile.</summary>
    public Task Next => _next.Task;

    /// <summary>Something was committed.</summary>
    public void Set() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
