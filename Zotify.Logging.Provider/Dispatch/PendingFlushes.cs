namespace Zotify.Logging.Dispatch;

/// <summary>The flush requests of a queue, each with its position among the records. Its owner's lock guards it.</summary>
internal sealed class PendingFlushes
{
    private readonly Queue<(long Position, FlushRequest Request)> _requests = new();

    /// <summary>Whether there are any.</summary>
    public bool Any => _requests.Count > 0;

    /// <summary>
    /// The position of the oldest request: how many records were added before it. <see cref="long.MaxValue"/> where there is none.
    /// </summary>
    public long NextPosition => _requests.TryPeek(out var next) ? next.Position : long.MaxValue;

    /// <summary>Adds a request behind the record at <paramref name="position"/>.</summary>
    public void Add(long position, FlushRequest request) => _requests.Enqueue((position, request));

    /// <summary>
    /// Removes and returns the oldest request if all records before it were removed, up to <paramref name="position"/>;
    /// <see langword="null"/> otherwise.
    /// </summary>
    public FlushRequest? Remove(long position) => NextPosition <= position ? _requests.Dequeue().Request : null;

    /// <summary>Moves all requests to <paramref name="requests"/>.</summary>
    public void MoveTo(List<FlushRequest> requests)
    {
        while (_requests.TryDequeue(out var next)) requests.Add(next.Request);
    }
}
