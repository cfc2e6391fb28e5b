using Zotify.Logging.Formats;

namespace Zotify.Logging.Queries;

/// <summary>Reads the system log in blocks of parsed entries, and reports where lines are missing. Used by one thread at a time.</summary>
/// <param name="reader">The entries; this reader owns it from now on.</param>
/// <param name="filter">Which of them to give out.</param>
/// <param name="changes">Detects whether there may be more.</param>
/// <param name="instance">The writer of entries that name none.</param>
internal sealed class SystemLogBlockReader(
    SystemLogReader reader, SystemLogFilter filter, SystemLogChangeDetector changes, string? instance)
    : ILogReader<SystemLogEntry>
{
    /// <summary>
    /// The most bytes of text in a block, not counting its last entry. Small, because each slow client holds its own block.
    /// </summary>
    private const int MaxSize = 16 * 1024;

    /// <summary>The most bytes that are read for a block in which little matches.</summary>
    private const int MaxRead = 1024 * 1024;

    private SystemLogFilter _filter = filter;
    private readonly byte[] _lastTime = new byte[UtcText.Length];

    /// <summary>The gap before the first entry; <see langword="null"/> if there is none.</summary>
    public LogGap<SystemLogEntry>? First { get; set; }

    /// <inheritdoc/>
    public string Cursor => reader.Cursor.ToString();

    /// <inheritdoc/>
    public bool MayHaveMore() => changes.MayHaveChanged();

    /// <inheritdoc/>
    public ValueTask<LogBlock<SystemLogEntry>?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read());
    }

    /// <inheritdoc/>
    public void RemoveFilter() => _filter = SystemLogFilter.None;

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private LogBlock<SystemLogEntry>? Read()
    {
        var start = First?.From ?? Cursor;
        var items = new List<LogItem<SystemLogEntry>>();
        if (First is not null) items.Add(First);
        First = null;
        var (size, read) = (0, 0);
        while (size < MaxSize && read < MaxRead && reader.TryRead(out var entry))
        {
            read += entry.Bytes.Length;
            size += Add(entry, items);
        }

        if (read == 0 && reader.ReportLostEnd()) items.Add(new LogGap<SystemLogEntry>(Cursor, Cursor) { FromTime = LastTime() });
        return read == 0 && items.Count == 0 ? null : new LogBlock<SystemLogEntry>(start, Cursor, items, read);
    }

    /// <summary>Adds an entry if it matches, after the gap before it, if any. Returns the size of what was added.</summary>
    private int Add(SystemLogRawEntry entry, List<LogItem<SystemLogEntry>> items)
    {
        // Most of a large log is skipped without making objects of it.
        var mayMatch = _filter.MayMatch(entry.Bytes.Span);
        if (!mayMatch && entry.GapFrom is null) return Skip(entry);
        var parsed = SystemLineParser.Parse(entry.Bytes.Span, entry.End.ToString(), instance);
        if (entry.GapFrom is { } from)
        {
            var gap = new LogGap<SystemLogEntry>(from.ToString(), entry.Start.ToString());
            items.Add(gap with { FromTime = LastTime(), ToTime = parsed.Timestamp });
        }

        Skip(entry);
        if (!mayMatch || !_filter.Matches(parsed)) return 0;
        items.Add(SystemLineParser.WithText(parsed));
        return entry.Bytes.Length;
    }

    /// <summary>Keeps the entry's time for a gap that may follow it, as text: parsing it would cost more than skipping the entry.</summary>
    private int Skip(SystemLogRawEntry entry)
    {
        SystemLineParser.TimeTextOf(entry.Bytes.Span).CopyTo(_lastTime);
        return 0;
    }

    private DateTimeOffset? LastTime() => SystemLineParser.TimeOf(_lastTime);
}
