using System.Runtime.CompilerServices;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>Reads forward from a position, across rotation, and waits for new lines at the end. One instance serves one reader.</summary>
/// <param name="path">The absolute path of the active file.</param>
/// <param name="query">What is asked for.</param>
/// <param name="filter">The same, compiled.</param>
/// <param name="time">The clock.</param>
internal sealed class SystemLogFollower(string path, SystemLogQuery query, SystemLogFilter filter, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private SystemLogFile? _file;
    private EntryReader? _reader;
    private long? _number;

    /// <summary>The entries after the position that match; a gap where lines are gone.</summary>
    public async IAsyncEnumerable<SystemLogItem> ReadAsync(SystemLogPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            var quietSince = time.GetTimestamp();
            Open(start);
            while (true)
            {
                while (_reader is not null && _reader.TryRead(out var text))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var entry = SystemLineParser.Parse(_file!.At(_reader.Offset).ToString(), text);
                    if (!filter.Takes(entry)) continue;
                    quietSince = time.GetTimestamp();
                    yield return entry;
                }

                // At the end of the open file: it grew, it was rolled or cut, or this is the end of the log.
                switch (Look())
                {
                    case Next.More:
                        continue;
                    case Next.Lost:
                        yield return new SystemLogGap(Position().ToString());
                        continue;
                }

                if (!query.Follow || time.GetUtcNow() >= query.Until) yield break;
                if (time.GetElapsedTime(quietSince) >= Heartbeat)
                {
                    quietSince = time.GetTimestamp();
                    yield return new SystemLogHeartbeat(Position().ToString());
                }

                await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _file?.Dispose();
        }
    }

    private SystemLogPosition Position() => _file is null ? SystemLogPosition.Start : _file.At(_reader!.Offset);

    private void Open(SystemLogPosition start)
    {
        var files = SystemLogFiles.Find(path);
        var at = start == SystemLogPosition.Start ? First(files) : files.IndexOf(start.File);
        if (at >= 0) Use(files.Paths[at], start == SystemLogPosition.Start ? 0 : start.Offset);
    }

    /// <summary>The oldest file that can hold what is asked for: the last one that begins before it, for files are in order of time.</summary>
    private int First(SystemLogFiles files)
    {
        if (files.Paths.Count == 0) return -1;
        for (var i = files.Paths.Count - 1; i > 0 && query.Since is not null; i--)
        {
            using var file = SystemLogFile.Open(files.Paths[i].Path);
            if (file is null || !new EntryReader(file, 0).TryRead(out var text)) continue;
            if (SystemLineParser.Parse("", text).Timestamp < query.Since - TimeSpan.FromSeconds(10)) return i;
        }

        return 0;
    }

    private bool Use((long? Number, string Path) place, long offset)
    {
        if (SystemLogFile.Open(place.Path) is not { } next) return false;
        _file?.Dispose();
        _file = next;
        _reader = new EntryReader(next, offset);
        _number = place.Number;
        return true;
    }

    private Next Look()
    {
        if (_file is null || _file.Identity is null)
        {
            // There was no file, or no line in it: look again.
            var files = SystemLogFiles.Find(path);
            return files.Paths.Count > 0 && Use(files.Paths[0], 0) && _file!.Identity is not null ? Next.More : Next.Nothing;
        }

        if (_file.Length < _reader!.Offset)
        {
            // Cut by somebody else (copytruncate): what is in it now is new.
            return Use((null, path), 0) ? Next.Lost : Next.Nothing;
        }

        // The common case costs one look at the active file: as long as ours, it is ours, and holds nothing new.
        var active = new FileInfo(path);
        if (_number is null && active.Exists && active.Length == _reader.Offset) return Next.Nothing;
        return LookForSuccessor();
    }

    private Next LookForSuccessor()
    {
        var files = SystemLogFiles.Find(path);
        var at = files.IndexOf(_file!.Identity!);
        if (at == files.Paths.Count - 1 && at >= 0)
        {
            // Still the newest: rolled a moment ago, or holding a line that is not ended yet.
            _number = files.Paths[at].Number;
            return Next.Nothing;
        }

        // Rolled for good, so nothing is written to it any more; what was written before the look is read first.
        if (_file.Length > _reader!.Offset && !_rolledSeen)
        {
            _rolledSeen = true;
            return Next.More;
        }

        _rolledSeen = false;
        if (at >= 0) return Use(files.Paths[at + 1], 0) ? Next.More : Next.Nothing;
        if (files.Paths.Count == 0) return Next.Nothing;
        // Our file is deleted. Nothing is lost where the oldest one left is its successor.
        var unbroken = _number is { } number && files.Paths[0].Number == number + 1;
        if (!Use(files.Paths[0], 0)) return Next.Nothing;
        return unbroken ? Next.More : Next.Lost;
    }

    private bool _rolledSeen;

    private enum Next
    {
        /// <summary>Nothing new.</summary>
        Nothing,

        /// <summary>Read on.</summary>
        More,

        /// <summary>Read on; lines before it are gone.</summary>
        Lost,
    }
}
