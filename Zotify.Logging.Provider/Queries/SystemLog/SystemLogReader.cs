namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the entries of all files, oldest first. At the end, call it again: it continues with the lines that were written since, from file
/// to file. Used by one thread at a time.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="file">The file to start in; the reader owns it from now on. <see langword="null"/> waits for the first file.</param>
/// <param name="offset">The offset in <paramref name="file"/> to start from.</param>
/// <param name="stop">The end of the range; <see langword="null"/> to read on without end.</param>
internal sealed class SystemLogReader(SystemLogFiles files, SystemLogFile? file, long offset, SystemLogRangeEnd? stop) : IDisposable
{
    private SystemLogFile? _file = file;
    private SystemLogForwardScanner? _scanner = file is null ? null : new SystemLogForwardScanner(file, offset);
    private SystemLogFile? _next;
    private bool _truncated;
    private bool _gap;

    /// <summary>The cursor after everything that was read.</summary>
    public SystemLogCursor Cursor { get; private set; } =
        file is null ? SystemLogCursor.Start : new SystemLogCursor(file.Identity, offset);

    private bool IsStopped => stop is { } end && (_file is null || end.IsReached(_file, _scanner!.Offset));

    /// <summary>Reads the next entry. Returns false when there is none now.</summary>
    public bool TryRead(out SystemLogRawEntry entry)
    {
        entry = default;
        while (!IsStopped)
        {
            if (_file is not null && TryReadFile(out entry)) return true;
            if (_next is null)
            {
                _next = files.OpenNext(_file, out var skipped);
                if (_next is null) return false;
                _gap |= skipped;
                // The writer has begun the next file: read this one once more, for its last lines.
                continue;
            }

            _file?.Dispose();
            _scanner?.Dispose();
            (_file, _next, _truncated) = (_next, null, false);
            _scanner = new SystemLogForwardScanner(_file, 0);
        }

        return false;
    }

    /// <summary>
    /// At the end, returns true once if entries after <see cref="Cursor"/> are missing and no entry after them will be read.
    /// </summary>
    public bool ReportLostEnd()
    {
        var isLost = _gap && stop is not null;
        _gap &= !isLost;
        return isLost;
    }

    /// <summary>Returns the time of the next entry in the file; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? NextTime()
    {
        if (_file is null) return null;
        using var scanner = new SystemLogForwardScanner(_file, _scanner!.Offset);
        return scanner.TryRead(waits: false, out var entry) ? SystemLineParser.Parse(entry.Span, "", null).Timestamp : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scanner?.Dispose();
        _file?.Dispose();
        _next?.Dispose();
    }

    private bool TryReadFile(out SystemLogRawEntry entry)
    {
        entry = default;
        if (_truncated) return false;
        if (_scanner!.IsDrained && !_file!.IsIntact(_scanner.Offset))
        {
            // copytruncate: the file's new content is read next, as if it were another file.
            _file.DropIdentity();
            return !(_truncated = _gap = true);
        }

        var start = new SystemLogCursor(_file!.Identity, _scanner.Offset);
        if (!_scanner.TryRead(waits: stop is null && _next is null, out var bytes)) return false;
        var before = Cursor;
        Cursor = start with { Offset = _scanner.Offset };
        entry = new SystemLogRawEntry(bytes, start, Cursor, _gap ? before : null);
        _gap = false;
        return true;
    }
}
