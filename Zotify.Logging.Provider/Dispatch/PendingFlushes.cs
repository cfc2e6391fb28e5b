namespace Zotify.Logging.Dispatch;

/// <summary>The flush requests of a queue, each with its position among the records. Its owner's lock guards it.</summary>
internal sealed class PendingFlushes
{
    private readonly Queue<(long Position, FlushRequest Request)> _requests = new();
    private long _last;

    /// <summary>Whether there are any.</summary>
    public bool Any => _requests.Count > 0;

    /// <summary>
    /// The position of the newest request: how many records were added before it. <see cref="long.MaxValue"/> where there is none.
    /// </summary>
    public long LastPosition => Any ? _last : long.MaxValue;

    /// <summary>Adds a request behind the record at <paramref name="position"/>.</summary>
    public void Add(long position, FlushRequest request)
    {
        _requests.Enqueue((position, request));
        _last = position;
    }

    /// <summary>
    /// Moves to <paramref name="requests"/> those requests before which all records were removed, as <paramref name="position"/> says.
    /// </summary>
    public void MoveDue(long position, List<FlushRequest> requests)
    {
        while (_requests.TryPeek(out var next) && next.Position <= position) requests.Add(_requests.Dequeue().Request);
    }

    /// <summary>Moves all requests to <paramref name="requests"/>.</summary>
    public void MoveTo(List<FlushRequest> requests)
    {
        while (_requests.TryDequeue(out var next)) requests.Add(next.Request);
    }
}
