using Zotify.Logging.Handlers;

namespace Zotify.Logging.Queries;

/// <summary>
/// The files of the system log in their order: the rolled ones by number, then the active one. The writer goes on rolling
/// and deleting meanwhile; whoever holds one file open finds its neighbours all the same. Thread-safe.
/// </summary>
/// <param name="path">The absolute path of the active file.</param>
internal sealed class SystemLogFiles(string path)
{
    private readonly RolledFiles _rolled = new(path);

    /// <summary>Opens the newest file with a line in it; <see langword="null"/> where there is none.</summary>
    // Looked for below only after the active file was not there: what it had been rolled to is found then.
    public SystemLogFile? OpenNewest() => OpenActive() ?? OpenBelow(long.MaxValue);

    /// <summary>Opens the oldest file.</summary>
    public SystemLogFile? OpenOldest() => WalkBack(_ => false);

    /// <summary>Opens the file before <paramref name="file"/>.</summary>
    public SystemLogFile? OpenPrevious(SystemLogFile file) => OpenBelow(file.Number);

    /// <summary>Opens the file of a position; <see langword="null"/> where that place is gone.</summary>
    public SystemLogFile? Find(SystemLogCursor position)
    {
        var file = WalkBack(file => file.Identity == position.File);
        if (file is null || (file.Identity == position.File && file.Length >= position.Offset && file.IsLineStart(position.Offset))) return file;
        file.Dispose();
        return null;
    }

    /// <summary>Opens the file after <paramref name="current"/>; <see langword="null"/> while there is none, or none with a line in it.</summary>
    /// <param name="current">The file that was read last; <see langword="null"/> stands before the oldest.</param>
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
            // From its own number on: when another program moved the current file away, its number goes to the next.
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
            // More was rolled since the listing: list again, so as not to jump over it.
            active.Dispose();
        }
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

    /// <summary>The number of the file that was active a moment ago, or <see langword="null"/> where that cannot be told any more.</summary>
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
            // Deleted meanwhile: so are all before it, but that shows by itself.
            if (OpenRolled(number) is { } file) return file;
        }

        return null;
    }

    /// <summary>Opens the newest file that is <paramref name="wanted"/>, or, when <paramref name="wanted"/> is none, the oldest.</summary>
    private SystemLogFile? WalkBack(Func<SystemLogFile, bool> wanted)
    {
        var file = OpenNewest();
        while (file is not null && !wanted(file) && OpenPrevious(file) is { } previous)
        {
            file.Dispose();
            file = previous;
        }

        return file;
    }
}
