namespace Zotify.Logging.Queries;

/// <summary>Where a query begins and ends. Its end stands from the start, so that all that is logged later comes after it.</summary>
/// <param name="files">The files.</param>
/// <param name="file">Where to start; <see langword="null"/> waits for the first file.</param>
/// <param name="offset">Where to start in <paramref name="file"/>.</param>
/// <param name="stop">Where to stop; <see langword="null"/> to read on without end.</param>
internal sealed class SystemLogRange(SystemLogFiles files, SystemLogFile? file, long offset, SystemLogRangeEnd? stop)
{
    /// <summary>Finds the beginning, where it has to be searched for. The range owns its file.</summary>
    public SystemLogTailScan? Scan { get; init; }

    /// <summary>Whether the cursor to go on after was deleted or truncated away.</summary>
    public bool IsAfterGone { get; init; }

    /// <summary>Opens a reader. The scan, if there is one, must be done.</summary>
    public SystemLogReader Open() => Scan is null
        ? new SystemLogReader(files, file, offset, stop)
        : new SystemLogReader(files, Scan.File, Scan.Offset, stop);

    /// <summary>Closes the files of a range that is not read.</summary>
    public void Close()
    {
        file?.Dispose();
        Scan?.File.Dispose();
    }
}
