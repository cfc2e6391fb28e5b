namespace Zotify.Logging.Dispatch;

/// <summary>
/// The flush requests that a consumer has dequeued, until they are complete. The consumer adds and moves them; any thread may abandon
/// them. Thread-safe.
/// </summary>
internal sealed class TakenFlushes
{
    private readonly Lock _gate = new();

    // Those that come with the batch that is being written.
    private readonly List<FlushRequest> _due = [];

    // Those that a flush of the handler, or its projection, serves now.
    private readonly HashSet<FlushGroup> _groups = [];

    private Exception? _end;

    /// <summary>Adds dequeued requests, and empties the list. They fail at once where the others were abandoned meanwhile.</summary>
    public void Add(List<FlushRequest> requests)
    {
        Exception? end;
        lock (_gate)
        {
            end = _end;
            if (end is null) _due.AddRange(requests);
        }

        if (end is not null) Fail(requests, end);
        requests.Clear();
    }

    /// <summary>Removes the requests that fail with a write.</summary>
    public List<FlushRequest> RemoveFailing()
    {
        lock (_gate)
        {
            var failing = _due.FindAll(request => request.FailsAtOnce);
            _due.RemoveAll(request => request.FailsAtOnce);
            return failing;
        }
    }

    /// <summary>Moves the requests of the written batch into a group; <see langword="null"/> where there are none.</summary>
    public FlushGroup? Group()
    {
        lock (_gate)
        {
            if (_due.Count == 0) return null;
            var group = new FlushGroup(_due);
            _due.Clear();
            _groups.Add(group);
            return group;
        }
    }

    /// <summary>Removes a group that is complete.</summary>
    public void Remove(FlushGroup group)
    {
        lock (_gate) _groups.Remove(group);
    }

    /// <summary>Fails all requests that are not complete, and those that are added from now on.</summary>
    public void Abandon(Exception end)
    {
        FlushRequest[] requests;
        lock (_gate)
        {
            _end = end;
            requests = [.. _due, .. _groups.SelectMany(group => group.Requests)];
            _due.Clear();
            _groups.Clear();
        }

        Fail(requests, end);
    }

    private static void Fail(IEnumerable<FlushRequest> requests, Exception end)
    {
        foreach (var request in requests) request.Fail(end);
    }
}
