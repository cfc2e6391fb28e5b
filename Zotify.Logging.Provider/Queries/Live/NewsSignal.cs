namespace Zotify.Logging.Queries;

/// <summary>Tells a reader that it has something to look at; set from the start. Set by any thread, waited for by one.</summary>
/// <param name="leave">Called once, when nobody waits any more.</param>
internal sealed class NewsSignal(Action<NewsSignal> leave) : IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _news = Completed();
    private int _left;

    /// <summary>Whether there is something to look at.</summary>
    public bool IsSet
    {
        get
        {
            lock (_gate) return _news.Task.IsCompleted;
        }
    }

    /// <summary>Says that there is something.</summary>
    public void Set()
    {
        TaskCompletionSource news;
        lock (_gate) news = _news;
        news.TrySetResult();
    }

    /// <summary>Before looking, so as not to miss what comes in meanwhile.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            if (_news.Task.IsCompleted) _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes when there is something.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _news.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0) leave(this);
    }

    private static TaskCompletionSource Completed()
    {
        var news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        news.SetResult();
        return news;
    }
}
