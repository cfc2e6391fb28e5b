using System.Collections.Concurrent;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Queries;

/// <summary>
/// The files of the system log in order: the rolled ones by number, then the active one. A reader that has one file open finds the next and
/// the previous one, even though the writer rolls and deletes files meanwhile. Thread-safe.
/// </summary>
/// <param name="path">The absolute path of the active file.</param>
internal sealed class SystemLogFiles(string path)
{
    private const int MostKnown = 1_000;

    private readonly RolledFiles _rolled = new(path);
    private readonly SystemLogFileTimes _times = new();

    // The numbers that files of cursors were rolled to: the next reader of such a file need not look for it.
    private readonly ConcurrentDictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>Opens the newest file with a line in it; <see langword="null"/> if there is none.</summary>
    // Try the active file first: if it was just rolled, the search below finds it under its number.
    public SystemLogFile? OpenNewest() => OpenActive() ?? OpenBelow(long.MaxValue);

    /// <summary>Opens the oldest file.</summary>
    public SystemLogFile? OpenOldest()
    {
        // Open the newest one first: a file that is rolled after the listing is the newest then.
        var newest = OpenNewest();
        if (newest is null || OpenFirst(null, newest.Number) is not { } oldest) return newest;
        newest.Dispose();
        return oldest;
    }

    /// <summary>
    /// Opens the oldest of the rolled files below a number that may have something of a time or later; <see langword="null"/> if none has.
    /// </summary>
    /// <param name="since">The time; <see langword="null"/> for any.</param>
    /// <param name="below">The number.</param>
    public SystemLogFile? OpenFirst(DateTimeOffset? since, long below)
    {
        foreach (var number in _rolled.Numbers().Where(number => number < below))
        {
            if (since is { } time && _times.IsBefore(_rolled.PathOf(number), time)) continue;
            if (OpenRolled(number) is { } file) return file;
        }

        return null;
    }

    /// <summary>Opens the file before <paramref name="file"/>.</summary>
    public SystemLogFile? OpenPrevious(SystemLogFile file) => OpenBelow(file.Number);

    /// <summary>Opens the file of a cursor; <see langword="null"/> if the file was deleted or truncated.</summary>
    public SystemLogFile? Find(SystemLogCursor cursor)
    {
        var file = OpenKnown(cursor.File) ?? WalkBack(file => file.Identity == cursor.File);
        if (file is null) return null;
        if (file.Identity == cursor.File)
        {
            if (_numbers.Count >= MostKnown) _numbers.Clear();
            _numbers[cursor.File] = file.Number;
            if (file.Length >= cursor.Offset && file.IsLineStart(cursor.Offset)) return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Opens the file after <paramref name="current"/>; <see langword="null"/> while there is none, or it has no line.</summary>
    /// <param name="current">The file that was read last; <see langword="null"/> for the start before the oldest file.</param>
    /// <param name="skipped">Whether files between the two were deleted.</param>
    public SystemLogFile? OpenNext(SystemLogFile? current, out bool skipped)
    {
        skipped = false;
        if (current is null)
        {
            var oldest = OpenOldest();
            skipped = oldest is { Number: > 1 };
            return oldest;
        }

        while (true)
        {
            var last = current.Number;
            // Start at its own number: if another program moved the current file away, the next file gets that number.
            foreach (var number in _rolled.Numbers().Where(number => number >= current.Number))
            {
                last = number;
                var file = OpenRolled(number);
                if (file is not null && file.Identity != current.Identity)
                {
                    skipped = number > current.Number + 1;
                    return file;
                }

                file?.Dispose();
            }

            var active = OpenActive();
            if (active is null || active.Identity == current.Identity)
            {
                active?.Dispose();
                return null;
            }

            if (active.Number <= last + 1) return active;
            // Files were rolled since the listing: list again, so that none is skipped.
            active.Dispose();
        }
    }

    /// <summary>Opens a file at the number that it had or was about to get; <see langword="null"/> where it is not there.</summary>
    private SystemLogFile? OpenKnown(string identity)
    {
        if (!_numbers.TryGetValue(identity, out var number) || OpenRolled(number) is not { } file) return null;
        if (file.Identity == identity) return file;
        file.Dispose();
        return null;
    }

    private SystemLogFile? OpenActive()
    {
        while (true)
        {
            var last = _rolled.LastNumber();
            var active = SystemLogFile.TryOpen(path);
            if (active is null) return null;
            if (NumberOf(active, last) is { } number)
            {
                active.Number = number;
                return active;
            }

            // It was rolled between opening and listing, and deleted since.
            active.Dispose();
        }
    }

    /// <summary>Returns the number of a file that was active a moment ago; <see langword="null"/> if it was deleted since.</summary>
    private long? NumberOf(SystemLogFile active, long lastBefore)
    {
        var last = 0L;
        foreach (var number in _rolled.Numbers())
        {
            last = number;
            if (number <= lastBefore) continue;
            using var rolled = OpenRolled(number);
            if (rolled?.Identity == active.Identity) return number;
        }

        return last == lastBefore ? last + 1 : null;
    }

    private SystemLogFile? OpenRolled(long number)
    {
        var file = SystemLogFile.TryOpen(_rolled.PathOf(number));
        if (file is not null) file.Number = number;
        return file;
    }

    private SystemLogFile? OpenBelow(long limit)
    {
        foreach (var number in _rolled.Numbers().Where(number => number < limit).Reverse())
        {
            // A file that was deleted meanwhile is skipped, and so are the files before it, which were deleted as well.
            if (OpenRolled(number) is { } file) return file;
        }

        return null;
    }

    /// <summary>Opens the newest file that is <paramref name="wanted"/>, or the oldest file if none is.</summary>
    private SystemLogFile? WalkBack(Func<SystemLogFile, bool> wanted)
    {
        var file = OpenNewest();
        if (file is null || wanted(file)) return file;
        // Listed once: no file gets a lower number later.
        var newest = file.Number;
        foreach (var number in _rolled.Numbers().Where(number => number < newest).Reverse())
        {
            if (OpenRolled(number) is not { } previous) continue;
            file.Dispose();
            file = previous;
            if (wanted(file)) break;
        }

        return file;
    }
}
