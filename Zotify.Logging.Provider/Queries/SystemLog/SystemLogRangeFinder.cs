namespace Zotify.Logging.Queries;

/// <summary>
/// Finds where a query begins and ends. The last N entries are counted backwards, and only where they begin is kept: they
/// are read forwards like any others, so however many are asked for, none is held in memory.
/// </summary>
internal sealed class SystemLogRangeFinder(SystemLogFiles files, SystemLogFilter filter, CancellationToken cancellationToken)
{
    /// <summary>How many entries are read where nothing says how many.</summary>
    private const int DefaultTail = 100;

    /// <summary>Whether the position to go on after is gone.</summary>
    public bool IsAfterGone { get; private set; }

    /// <summary>Opens a reader that gives out the range of the query; <see langword="null"/> where nothing can be in it.</summary>
    public SystemLogReader? Open(SystemLogQuery query, SystemLogCursor? after, SystemLogCursor? before)
    {
        var isOpen = after is null && before is null && query.Since is null && query.Until is null;
        var tail = query.Tail ?? (isOpen ? DefaultTail : null);
        var last = before is { } place ? files.Find(place) : files.OpenNewest();
        if (last is null)
        {
            IsAfterGone = IsGone(after, null);
            // Without following, what is not there yet does not belong to the answer.
            return before is null ? new SystemLogReader(files, null, 0, query.Follow ? null : default(SystemLogRangeEnd)) : null;
        }

        var end = before is null ? last.EndOfLines(last.Length) : StartOfEntryBefore(last, before.Value.Offset);
        SystemLogRangeEnd? stop = query.Follow && before is null ? null : new SystemLogRangeEnd(new SystemLogCursor(last.Identity, end), last.Number);
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

    /// <summary>Before the first line of all, a log whose first file is deleted has lost its beginning.</summary>
    private bool IsGone(SystemLogCursor? after, SystemLogFile? file)
    {
        if (after != SystemLogCursor.Start) return after is not null && file is null;
        using var oldest = files.OpenOldest();
        return oldest is { Number: > 1 };
    }

    /// <summary>A position stands for the entry that ends there: what is before it ends where that entry starts.</summary>
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
