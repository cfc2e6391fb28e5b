namespace Zotify.Logging.Queries;

/// <summary>
/// Finds where the last N entries that match begin. It counts them backwards and keeps only the offset: they are read forwards like any
/// others, so none is held in memory, however many there are. It goes on in steps, so that a long scan holds up nobody, and stops after a
/// while: a rare term is not searched for in hundreds of megabytes before anything is answered. Used by one thread at a time.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="filter">Which entries count.</param>
/// <param name="file">The file of the end; the scan owns it until it is handed out.</param>
/// <param name="end">Where the scan begins, and goes back from.</param>
/// <param name="lowest">Where it ends; <see langword="null"/> for the beginning of the log.</param>
/// <param name="count">How many entries are wanted, at least one.</param>
/// <param name="most">How many bytes are read before a scan that filters gives up.</param>
internal sealed class SystemLogTailScan(
    SystemLogFiles files, SystemLogFilter filter, SystemLogFile file, long end, SystemLogCursor? lowest, int count, long most)
{
    /// <summary>How much one step reads.</summary>
    private const long Step = 1024 * 1024;

    private SystemLogBackwardScanner _scanner = new(file, end);
    private long _firstEnd = end;
    private int _left = count;
    private long _read;
    private bool _isExhausted;

    /// <summary>The number of the first file that is searched.</summary>
    public long LowestNumber { get; init; }

    /// <summary>The file where the entries begin, once the scan is done.</summary>
    public SystemLogFile File { get; private set; } = file;

    /// <summary>Where in the file they begin.</summary>
    public long Offset => _isExhausted ? Lowest : _scanner.Offset;

    /// <summary>
    /// The cursor to search on before, where the scan gave up before it had as many entries as were asked for; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public SystemLogCursor? GaveUpAt { get; private set; }

    private long Lowest => lowest?.File == File.Identity ? lowest.Value.Offset : 0;

    /// <summary>Goes on for a step. Returns whether the scan is done.</summary>
    public bool Run(CancellationToken cancellationToken)
    {
        for (var until = _read + Step; _read < until;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = _scanner.Offset;
            if (before <= Lowest || !_scanner.TryRead(out var entry))
            {
                _isExhausted = !GoToPrevious();
                if (_isExhausted) return true;
                continue;
            }

            _read += entry.Length;
            if (_scanner.Offset < Lowest) continue;
            _firstEnd = before;
            if (filter.Matches(entry) && --_left == 0) return true;
        }

        if (_read < most || filter.IsEmpty) return false;
        GaveUpAt = new SystemLogCursor(File.Identity, _firstEnd);
        return true;
    }

    private bool GoToPrevious()
    {
        if (lowest?.File == File.Identity || File.Number <= LowestNumber || files.OpenPrevious(File) is not { } previous) return false;
        File.Dispose();
        File = previous;
        _scanner = new SystemLogBackwardScanner(previous, previous.EndOfLines(previous.Length));
        return true;
    }
}
