namespace Zotify.Logging.Queries;

/// <summary>Finds where a query begins and ends.</summary>
/// <param name="files">The files.</param>
/// <param name="filter">Which entries count.</param>
/// <param name="mostSearched">How many bytes are searched for the last entries that match.</param>
internal sealed class SystemLogRangeFinder(SystemLogFiles files, SystemLogFilter filter, long mostSearched)
{
    /// <summary>How many entries are read if the query does not say.</summary>
    private const int DefaultTail = 100;

    /// <summary>Finds the query's range; <see langword="null"/> if nothing can be in it.</summary>
    public SystemLogRange? Find(SystemLogQuery query, SystemLogCursor? after, SystemLogCursor? before)
    {
        var isOpen = after is null && before is null && query.Since is null && query.Until is null;
        // The cursor of an entry is after it.
        var through = query.Through is null ? null : before;
        var tail = query.Tail ?? (isOpen ? DefaultTail : null);
        var last = before is { } cursor ? files.Find(cursor) : files.OpenNewest();
        if (last is null)
        {
            if (before is not null) return null;
            // Without following, lines that come later do not belong to the answer.
            SystemLogRangeEnd? atOnce = query.Follow ? null : default(SystemLogRangeEnd);
            return new SystemLogRange(files, null, 0, atOnce) { IsAfterGone = IsGone(after, null) };
        }

        var end = before is null ? last.EndOfLines(last.Length)
            : through?.Offset ?? StartOfEntryBefore(last, before.Value.Offset);
        SystemLogRangeEnd? stop = query.Follow && before is null
            ? null
            : new SystemLogRangeEnd(new SystemLogCursor(last.Identity, end), last.Number);
        var first = after is null ? null : files.Find(after.Value);
        var isGone = IsGone(after, first);
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
            if (count == 0) return new SystemLogRange(files, last, end, stop) { IsAfterGone = isGone };
            var scan = new SystemLogTailScan(files, filter, last, end, from, count, mostSearched)
            {
                LowestNumber = NumberOf(query.Since, last),
            };
            return new SystemLogRange(files, null, 0, stop) { IsAfterGone = isGone, Scan = scan };
        }

        var start = first ?? files.OpenFirst(query.Since, last.Number) ?? last;
        if (start != last) last.Dispose();
        return new SystemLogRange(files, start, from?.Offset ?? 0, stop) { IsAfterGone = isGone };
    }

    /// <summary>The number of the first file that may have something of a time or later.</summary>
    private long NumberOf(DateTimeOffset? since, SystemLogFile last)
    {
        if (since is null) return 0;
        using var first = files.OpenFirst(since, last.Number);
        return (first ?? last).Number;
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
}
