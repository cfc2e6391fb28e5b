using System.Runtime.CompilerServices;

namespace Zotify.Logging.Common;

/// <summary>
/// Awaited, continues behind the work that the thread pool has queued. <see cref="Task.Yield"/> continues before it, on the same thread.
/// </summary>
internal readonly struct GlobalYield : ICriticalNotifyCompletion
{
    /// <summary>Never: the continuation is always queued.</summary>
    public bool IsCompleted => false;

    /// <summary>Returns itself.</summary>
    public GlobalYield GetAwaiter() => this;

    /// <summary>Has no result.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) =>
        ThreadPool.QueueUserWorkItem(static action => action(), continuation, preferLocal: false);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);
}
