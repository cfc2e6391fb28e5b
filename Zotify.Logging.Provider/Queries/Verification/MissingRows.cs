namespace Zotify.Logging.Queries;

/// <summary>
/// Finds lines that should have a row and have none. Retention deletes rows in their order, before their files. So lines at the beginning
/// need no row, up to the line that an <c>audit.pruned</c> names. Not thread-safe.
/// </summary>
internal sealed class MissingRows
{
    // At the beginning, no line up to _prefixEnd has a row.
    private long _prefixEnd;
    private (long First, long Last)? _inPrefix;
    private long? _beyond;

    /// <summary>Sets the first line of the files.</summary>
    public void Begin(long first) => _prefixEnd = first - 1;

    /// <summary>Records that a line has no row. Call it with the lines in order.</summary>
    public void Add(long seq)
    {
        if (seq == _prefixEnd + 1)
        {
            _prefixEnd = seq;
            _inPrefix = (_inPrefix?.First ?? seq, seq);
        }
        else
        {
            _beyond ??= seq;
        }
    }

    /// <summary>Records that a line has no row, and needs none.</summary>
    public void Skip(long seq)
    {
        if (seq == _prefixEnd + 1) _prefixEnd = seq;
    }

    /// <summary>Returns the first missing row, given the last line that retention deletes; <see langword="null"/> where none is
    /// missing.</summary>
    public RowFault? Fault(long prunedThrough)
    {
        var seq = _inPrefix is { } prefix && prefix.Last > prunedThrough ? Math.Max(prefix.First, prunedThrough + 1) : _beyond;
        return seq is { } missing ? new RowFault(missing, "it is missing: its line was projected") : null;
    }
}
