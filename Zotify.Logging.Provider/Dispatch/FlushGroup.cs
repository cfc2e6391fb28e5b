namespace Zotify.Logging.Dispatch;

/// <summary>The flush requests that one flush of a handler serves.</summary>
internal sealed class FlushGroup
{
    private readonly FlushRequest[] _requests;
    private readonly CancellationTokenSource _abandoned = new();
    private int _awaited;

    /// <param name="requests">The requests, at least one.</param>
    public FlushGroup(IReadOnlyCollection<FlushRequest> requests)
    {
        _requests = [.. requests];
        _awaited = _requests.Length;
        foreach (var request in _requests) request.OnCancelled(Leave);
    }

    /// <summary>The requests.</summary>
    public IReadOnlyList<FlushRequest> Requests => _requests;

    /// <summary>Cancelled when nobody waits for any of the requests any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Whether one of the requests goes so far.</summary>
    public bool Has(FlushTo target) => Array.Exists(_requests, request => request.Target == target);

    /// <summary>Completes the requests with this target with the outcome of <paramref name="work"/>. Throws nothing.</summary>
    public async Task CompleteAsync(FlushTo target, Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var request in _requests)
            if (request.Target == target) request.Complete(work);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _awaited) == 0) _abandoned.Cancel();
    }
}
