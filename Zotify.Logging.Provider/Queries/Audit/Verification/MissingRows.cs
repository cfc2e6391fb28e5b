namespace Zotify.Logging.Provider.Queries.Audit.Verification;

/// <summary>
/// The lines that should have a row and have none. Retention deletes rows in their order, before their files: those at the
/// beginning are not missed through the line that an <c>audit.pruned</c> names. Not thread-safe.
/// </summary>
internal sealed class MissingRows
{
    // At the beginning, no line up to _prefixEnd has a row.
    private long _prefixEnd;
    private (long First, long Last)? _inPrefix;
    private long? _beyond;

    /// <summary>Takes note of the first line of the files.</summary>
    public void Begin(long first) => _prefixEnd = first - 1;

    /// <summary>A line has no row. Lines come in order.</summary>
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

    /// <summary>A line has no row, and needs none.</summary>
    public void Pass(long seq)
    {
        if (seq == _prefixEnd + 1) _prefixEnd = seq;
    }

    /// <summary>The first missing row, given the last line that retention deletes; <see langword="null"/> where none is missing.</summary>
    public RowFault? Fault(long prunedThrough)
    {
        var seq = _inPrefix is { } prefix && prefix.Last > prunedThrough ? Math.Max(prefix.First, prunedThrough + 1) : _beyond;
        return seq is { } missing ? new RowFault(missing, "it is missing: its line was projected") : null;
    }
}
