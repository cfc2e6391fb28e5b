namespace Zotify.Logging.Queries;

/// <summary>Reads the system log in blocks of parsed entries, and tells where lines are missing. Used by one thread at a time.</summary>
/// <param name="reader">The entries, and then this reader's.</param>
/// <param name="filter">Which of them to give out.</param>
/// <param name="watch">Tells whether there may be more.</param>
internal sealed class SystemLogBlockReader(SystemLogReader reader, SystemLogFilter filter, SystemLogChangeDetector watch) : ILogReader<SystemLogItem>
{
    /// <summary>How much text a block holds, in bytes, but for its last entry: small, because a slow client has one of its own.</summary>
    private const int MaxSize = 16 * 1024;

    /// <summary>How much is read for a block at most, in bytes, where little of it matches.</summary>
    private const int MaxRead = 1024 * 1024;

    private SystemLogFilter _filter = filter;
    private DateTimeOffset? _lastTime;

    /// <summary>What comes before the first entry; <see langword="null"/> for nothing.</summary>
    public SystemLogGap? First { get; set; }

    /// <inheritdoc/>
    public string Position => reader.Position.ToString();

    /// <inheritdoc/>
    public bool MayHaveMore() => watch.MayHaveChanged();

    /// <inheritdoc/>
    public ValueTask<LogBlock<SystemLogItem>?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read());
    }

    /// <inheritdoc/>
    public void ReadAll() => _filter = SystemLogFilter.None;

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private LogBlock<SystemLogItem>? Read()
    {
        var start = First?.From ?? Position;
        var items = new List<SystemLogItem>();
        if (First is not null) items.Add(First);
        First = null;
        var (size, read) = (0, 0);
        while (size < MaxSize && read < MaxRead && reader.TryRead(out var entry))
        {
            read += entry.Bytes.Length;
            size += Take(entry, items);
        }

        if (read == 0 && reader.TakeLostEnd()) items.Add(new SystemLogGap(Position, Position) { FromTime = _lastTime });
        return read == 0 && items.Count == 0 ? null : new LogBlock<SystemLogItem>(start, Position, items, read);
    }

    /// <summary>Adds an entry that matches, and before it the gap that it follows; the size of what was added.</summary>
    private int Take(SystemLogRawEntry entry, List<SystemLogItem> items)
    {
        // Most of a large log is passed over without decoding it.
        var isOutside = _filter.IsOutside(entry.Bytes.Span);
        if (isOutside && entry.GapFrom is null) return 0;
        var parsed = SystemLineParser.Parse(SystemLineParser.Decode(entry.Bytes.Span), entry.End.ToString());
        if (entry.GapFrom is { } from) items.Add(new SystemLogGap(from.ToString(), entry.Start.ToString()) { FromTime = _lastTime, ToTime = parsed.Timestamp });
        _lastTime = parsed.Timestamp ?? _lastTime;
        if (isOutside || !_filter.Matches(parsed)) return 0;
        items.Add(parsed);
        return entry.Bytes.Length;
    }
}
