namespace Zotify.Logging.Dispatch;

/// <summary>The kept lines of one trace or one job, oldest first. Thread-safe.</summary>
/// <param name="index">Where it is found by its key.</param>
/// <param name="key">The id of the trace or job.</param>
/// <param name="endsWithActivities">
/// Whether lines are dropped when their activity has ended. True for a trace; a job may go on after the request that began it.
/// </param>
internal sealed class RingGroup(IDictionary<string, RingGroup> index, string key, bool endsWithActivities)
{
    private readonly Lock _gate = new();
    private readonly Queue<RingLine> _lines = new();
    private long _bytes;
    private bool _isClosed;

    /// <summary>Its node in the ring's list of groups. Set and read under the ring's lock.</summary>
    public LinkedListNode<RingGroup>? Node { get; set; }

    /// <summary>Whether it has this very key, the same object, in this index. Does not compare texts.</summary>
    public bool IsOf(IDictionary<string, RingGroup> otherIndex, string otherKey) =>
        ReferenceEquals(key, otherKey) && ReferenceEquals(index, otherIndex);

    /// <summary>Whether none of its lines can be written any more.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                foreach (var line in _lines)
                    if (!endsWithActivities || !line.IsOver) return false;
                return true;
            }
        }
    }

    /// <summary>Adds a line. Where the group gets too large, removes its oldest.</summary>
    /// <param name="line">The line.</param>
    /// <param name="maxBytes">The most bytes of the group.</param>
    /// <param name="growth">By how many bytes the group grew.</param>
    /// <param name="evicted">How many lines were removed that had not been written.</param>
    /// <returns>False where the group was closed.</returns>
    public bool TryAdd(RingLine line, long maxBytes, out long growth, out int evicted)
    {
        (growth, evicted) = (0, 0);
        lock (_gate)
        {
            if (_isClosed) return false;
            _lines.Enqueue(line);
            growth = line.Size;
            while (_bytes + growth > maxBytes && _lines.Count > 1)
            {
                var oldest = _lines.Dequeue();
                growth -= oldest.Size;
                if (!oldest.IsTaken) evicted++;
            }

            _bytes += growth;
            return true;
        }
    }

    /// <summary>Moves the lines that can still be written into a list.</summary>
    /// <returns>How many bytes became free.</returns>
    public long Take(List<RingLine> taken)
    {
        lock (_gate)
        {
            foreach (var line in _lines)
                if (!(endsWithActivities && line.IsOver) && line.TryTake()) taken.Add(line);
            return Clear();
        }
    }

    /// <summary>Removes it from the index and drops its lines. It accepts no more.</summary>
    /// <param name="dropped">How many lines were dropped that had not been written.</param>
    /// <returns>How many bytes became free.</returns>
    public long Close(out int dropped)
    {
        lock (_gate)
        {
            _isClosed = true;
            index.Remove(key);
            dropped = _lines.Count(line => !line.IsTaken);
            var bytes = Clear();
            // A thread may refer to the group for a while.
            _lines.TrimExcess();
            return bytes;
        }
    }

    private long Clear()
    {
        var bytes = _bytes;
        _bytes = 0;
        _lines.Clear();
        return bytes;
    }
}
