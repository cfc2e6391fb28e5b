namespace Zotify.Logging.Queries;

/// <summary>
/// Finds the start and end of a query's range. The last N entries are counted backwards, and only the offset of the first is kept. They are
/// then read forwards like any others, so none is held in memory, however many there are.
/// </summary>
internal sealed class SystemLogRangeFinder(SystemLogFiles files, SystemLogFilter filter, CancellationToken cancellationToken)
{
    /// <summary>How many entries are read if the query does not say.</summary>
    private const int DefaultTail = 100;

    /// <summary>Whether the file or line of the cursor to go on after was deleted or truncated.</summary>
    public bool IsAfterGone { get; private set; }

    /// <summary>Opens a reader of the query's range; <see langword="null"/> if the range is empty for good.</summary>
    public SystemLogReader? Open(SystemLogQuery query, SystemLogCursor? after, SystemLogCursor? before)
    {
        var isOpen = after is null && before is null && query.Since is null && query.Until is null;
        var tail = query.Tail ?? (isOpen ? DefaultTail : null);
        var last = before is { } cursor ? files.Find(cursor) : files.OpenNewest();
        if (last is null)
        {
            IsAfterGone = IsGone(after, null);
            // Without following, lines that are added later do not belong to the result.
            return before is null ? new SystemLogReader(files, null, 0, query.Follow ? null : default(SystemLogRangeEnd)) : null;
        }

        var end = before is null ? last.EndOfLines(last.Length) : StartOfEntryBefore(last, before.Value.Offset);
        SystemLogRangeEnd? stop = query.Follow && before is null
            ? null
            : new SystemLogRangeEnd(new SystemLogCursor(last.Identity, end), last.Number);
        var first = after is null ? null : files.Find(after.Value);
        IsAfterGone = IsGone(after, first);
        var from = first is null ? (SystemLogCursor?)null : after;
        if (before is not null && first?.Number > last.Number)
        {
            first.Dispose();
            last.Dispose();
            return null;
        }

        if (tail is { } count)
        {
            first?.Dispose();
            var (file, offset) = FindTail(last, end, from, count);
            return new SystemLogReader(files, file, offset, stop);
        }

        last.Dispose();
        return new SystemLogReader(files, first ?? files.OpenOldest(), from?.Offset ?? 0, stop);
    }

    /// <summary>If the cursor is before the first line of all, entries are missing once the first file was deleted.</summary>
    private bool IsGone(SystemLogCursor? after, SystemLogFile? file)
    {
        if (after != SystemLogCursor.Start) return after is not null && file is null;
        using var oldest = files.OpenOldest();
        return oldest is { Number: > 1 };
    }

    /// <summary>Returns the offset before the entry that ends at a cursor.</summary>
    private static long StartOfEntryBefore(SystemLogFile file, long offset)
    {
        var scanner = new SystemLogBackwardScanner(file, offset);
        scanner.TryRead(out _);
        return scanner.Offset;
    }

    private (SystemLogFile File, long Offset) FindTail(SystemLogFile file, long end, SystemLogCursor? from, int count)
    {
        if (count == 0) return (file, end);
        while (true)
        {
            var lowest = from?.File == file.Identity ? from.Value.Offset : 0;
            var scanner = new SystemLogBackwardScanner(file, end);
            while (scanner.Offset > lowest && scanner.TryRead(out var entry))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (scanner.Offset >= lowest && filter.Matches(entry) && --count == 0) return (file, scanner.Offset);
            }

            if (from?.File == file.Identity || files.OpenPrevious(file) is not { } previous) return (file, lowest);
            file.Dispose();
            file = previous;
            end = file.EndOfLines(file.Length);
        }
    }
}
