namespace Zotify.Logging.Dispatch;

/// <summary>The flush requests of a queue, each with its position among the records. Its owner's lock guards it.</summary>
internal sealed class PendingFlushes
{
    // A request that callers share moves behind the records of each of them. The first caller must not wait for much more than its own.
    private const int MostShared = 1_000;

    private readonly Queue<FlushRequest> _requests = new();
    private FlushRequest? _last;
    private long _lastBegan;

    /// <summary>Whether there are any.</summary>
    public bool Any => _requests.Count > 0;

    /// <summary>
    /// The position of the newest request: how many records were added before it. <see cref="long.MaxValue"/> where there is none.
    /// </summary>
    public long LastPosition => Any ? _last!.Position : long.MaxValue;

    /// <summary>Adds a request behind the record at <paramref name="position"/>.</summary>
    public void Add(long position, FlushRequest request)
    {
        request.Position = _lastBegan = position;
        _requests.Enqueue(request);
        _last = request;
    }

    /// <summary>
    /// The newest request, for one more caller that waits for the records up to <paramref name="position"/>; <see langword="null"/> where
    /// that caller needs a request of its own. Only callers that cannot leave share a request.
    /// </summary>
    public FlushRequest? Join(long position, FlushTo target, bool failsAtOnce)
    {
        // One that has failed already says nothing about what comes now.
        if (!Any || !_last!.IsShareable || _last.Done.IsCompleted || position - _lastBegan > MostShared) return null;
        if (_last.Target != target || _last.FailsAtOnce != failsAtOnce) return null;
        _last.Position = position;
        return _last;
    }

    /// <summary>
    /// Moves to <paramref name="requests"/> those requests before which all records were removed, as <paramref name="position"/> says.
    /// </summary>
    public void MoveDue(long position, List<FlushRequest> requests)
    {
        while (_requests.TryPeek(out var next) && next.Position <= position) requests.Add(_requests.Dequeue());
    }

    /// <summary>Moves those requests to <paramref name="requests"/> that fail with a write.</summary>
    public void MoveFailing(List<FlushRequest> requests)
    {
        var kept = Array.FindAll([.. _requests], request => !request.FailsAtOnce);
        requests.AddRange(_requests.Where(request => request.FailsAtOnce));
        _requests.Clear();
        foreach (var request in kept) Add(request.Position, request);
    }

    /// <summary>Moves all requests to <paramref name="requests"/>.</summary>
    public void MoveTo(List<FlushRequest> requests)
    {
        while (_requests.TryDequeue(out var next)) requests.Add(next);
    }
}
