using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>
/// Counts the entries of the system log that match, by time and level, from its end backwards, in steps. It stops at the beginning of the
/// log, where nothing but older lines follow, or where it has read enough. Lines are about in order of time, but not surely: a ring writes
/// lines as old as their job, and a clock may be set back. Used by one thread at a time.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="query">Which entries.</param>
/// <param name="instance">The writer of entries that name none.</param>
/// <param name="most">How many bytes are read at most.</param>
internal sealed class SystemLogCounter(SystemLogFiles files, SystemLogQuery query, string? instance, long most) : IDisposable
{
    /// <summary>
    /// How many bytes of nothing but lines of before the range end the counting, and how many after the range are read: more than a ring
    /// writes of one trace or job.
    /// </summary>
    internal const int MostOlder = 4 * 1024 * 1024;

    /// <summary>How much one step reads.</summary>
    private const long Step = 1024 * 1024;

    /// <summary>
    /// How many bytes the time where it stopped is taken from, of their newest line, so that a few old lines do not claim too much.
    /// </summary>
    private const int StoppedAtSize = 64 * 1024;

    /// <summary>How many bytes of lines show where a stretch is.</summary>
    private const int SampleSize = 4 * 1024;

    /// <summary>
    /// Threads take the time of their records before they queue for the file, so that a line may be a little older than those before it.
    /// </summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(1);

    private readonly SystemLogFilter _filter = new(query, instance);
    private readonly Dictionary<(DateTime Minute, LogLevel Level), long> _minutes = [];

    private readonly DateTimeOffset _earliest = query.Since ?? DateTimeOffset.MinValue;

    // The calendar may end within the disorder.
    private readonly DateTimeOffset _latest =
        query.Until is { } until && DateTimeOffset.MaxValue - until > Disorder ? until + Disorder : DateTimeOffset.MaxValue;

    private SystemLogFile? _file;
    private SystemLogBackwardScanner? _scanner;
    private long _read;
    private long _older;
    private bool _isOpen;

    // The newest times of the last two stretches that were read.
    private DateTime? _newest;
    private DateTime? _newestBefore;
    private long _stretchEnd = StoppedAtSize;

    /// <summary>The counts, by minute and level. Text that is not a line of the system log has neither, and is not counted.</summary>
    public IReadOnlyDictionary<(DateTime Minute, LogLevel Level), long> Minutes => _minutes;

    /// <summary>Whether it stopped because it had read enough, and not because there is nothing more to count.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>
    /// About the time of the oldest entries that were read; <see langword="null"/> where no entry had a time.
    /// </summary>
    public DateTime? ReadTo => _newestBefore > _newest ? _newestBefore : _newest ?? _newestBefore;

    /// <summary>Goes on for a step. Returns whether the counting is done.</summary>
    public bool Run(CancellationToken cancellationToken)
    {
        if (!_isOpen) Open(files.OpenNewest());
        _isOpen = true;
        for (var until = _read + Step; _read < until;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_file is null) return true;
            if (!_scanner!.TryRead(out var entry))
            {
                Open(files.OpenPrevious(_file));
                continue;
            }

            _read += entry.Length;
            _older += entry.Length;
            if (SystemLineParser.TimeOf(entry) is not { } time) continue;
            Keep(time.UtcDateTime);
            if (time < _earliest)
            {
                if (_older >= MostOlder) return true;
                continue;
            }

            _older = 0;
            if (_filter.Matches(entry)) Count(entry, time.UtcDateTime);
        }

        HasStopped = _read >= most;
        return HasStopped;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>Keeps the newest time of the last stretch, for where the counting stops.</summary>
    private void Keep(DateTime time)
    {
        if (_read >= _stretchEnd)
        {
            _stretchEnd = _read + StoppedAtSize;
            (_newestBefore, _newest) = (_newest, null);
        }

        if (!(_newest >= time)) _newest = time;
    }

    private void Count(ReadOnlySpan<byte> entry, DateTime time)
    {
        if (SystemLineParser.LevelOf(entry) is not { } level) return;
        var minute = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
        CollectionsMarshal.GetValueRefOrAddDefault(_minutes, (minute, level), out _)++;
    }

    private void Open(SystemLogFile? file)
    {
        _file?.Dispose();
        (_file, _scanner) = (file, file is null ? null : new SystemLogBackwardScanner(file, EndOf(file)));
    }

    /// <summary>
    /// Where to read back from. It skips the end of the log in stretches while the lines at both ends of a stretch are after the range, so
    /// that a range far back costs no reading of all after it; the first lines after the range are read, because lines of the range may be
    /// among them. It does not halve the file: after a clock was set back, its middle may be after the range and its end in it.
    /// </summary>
    private long EndOf(SystemLogFile file)
    {
        var whole = file.EndOfLines(file.Length);
        if (_latest == DateTimeOffset.MaxValue || !EndsAfter(file, whole)) return whole;
        var end = whole;
        while (end > 0)
        {
            var start = file.EndOfLines(Math.Max(0, end - Step));
            if (!IsAfter(file, start, end)) break;
            end = start;
        }

        if (end == 0)
        {
            using var previous = files.OpenPrevious(file);
            if (previous is null || EndsAfter(previous, previous.EndOfLines(previous.Length))) return 0;
        }

        return file.EndOfLines(Math.Min(whole, end + MostOlder));
    }

    /// <summary>Whether the last lines before an end are after the range.</summary>
    private bool EndsAfter(SystemLogFile file, long end) => IsAfter(file, file.EndOfLines(Math.Max(0, end - SampleSize)), end);

    /// <summary>Whether the first lines from an offset on are after the range, all of them that have a time.</summary>
    private bool IsAfter(SystemLogFile file, long offset, long end)
    {
        using var scanner = new SystemLogForwardScanner(file, offset);
        var isAfter = false;
        while (scanner.Offset < Math.Min(end, offset + SampleSize) && scanner.TryRead(waits: false, out var entry))
        {
            if (SystemLineParser.TimeOf(entry.Span) is not { } time) continue;
            if (time <= _latest) return false;
            isAfter = true;
        }

        return isAfter;
    }
}
