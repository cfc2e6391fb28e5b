using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>
/// Counts the entries of the system log that match, by time and level, from its end backwards, in steps. It stops at the beginning of the
/// range or of the log, or where it has read enough. Used by one thread at a time.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="query">Which entries.</param>
/// <param name="instance">The writer of entries that name none.</param>
/// <param name="most">How many bytes are read at most.</param>
internal sealed class SystemLogCounter(SystemLogFiles files, SystemLogQuery query, string? instance, long most) : IDisposable
{
    /// <summary>How much one step reads.</summary>
    private const long Step = 1024 * 1024;

    /// <summary>
    /// Threads take the time of their records before they queue for the file, so that a line may be a little older than those before it.
    /// </summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(1);

    private readonly SystemLogFilter _filter = new(query, instance);
    private readonly Dictionary<(DateTime Minute, LogLevel Level), long> _minutes = [];

    // The calendar may begin or end within the disorder.
    private readonly DateTimeOffset _earliest =
        query.Since is { } since && since - DateTimeOffset.MinValue > Disorder ? since - Disorder : DateTimeOffset.MinValue;

    private readonly DateTimeOffset _latest =
        query.Until is { } until && DateTimeOffset.MaxValue - until > Disorder ? until + Disorder : DateTimeOffset.MaxValue;

    private SystemLogFile? _file;
    private SystemLogBackwardScanner? _scanner;
    private long _read;
    private bool _isOpen;

    /// <summary>The counts, by minute and level. Text that is not a line of the system log has neither, and is not counted.</summary>
    public IReadOnlyDictionary<(DateTime Minute, LogLevel Level), long> Minutes => _minutes;

    /// <summary>
    /// The time of the oldest entry that was read, where it stopped before the beginning; otherwise <see langword="null"/>.
    /// </summary>
    public DateTime? StoppedAt { get; private set; }

    /// <summary>Goes on for a step. Returns whether the counting is done.</summary>
    public bool Run(CancellationToken cancellationToken)
    {
        if (!_isOpen) Open(files.OpenNewest());
        _isOpen = true;
        DateTime? last = null;
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
            if (SystemLineParser.TimeOf(entry) is not { } time) continue;
            if (time < _earliest) return true;
            last = time.UtcDateTime;
            if (_filter.Matches(entry)) Count(entry, time.UtcDateTime);
        }

        if (_read < most) return false;
        StoppedAt = last;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

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

    /// <summary>Where to read back from: the end of the lines that may be before the end of the range.</summary>
    private long EndOf(SystemLogFile file)
    {
        var end = file.EndOfLines(file.Length);
        if (_latest == DateTimeOffset.MaxValue) return end;
        if (IsAfter(file, 0, _latest)) return 0;
        // Halves the range while its middle is surely after the wanted time, so that a range far back costs no reading of all after it.
        for (var low = 0L; end - low > Step;)
        {
            var middle = file.EndOfLines(low + ((end - low) / 2));
            if (middle <= low) return end;
            if (IsAfter(file, middle, _latest)) end = middle;
            else low = middle;
        }

        return end;
    }

    /// <summary>Whether the entry at an offset is of after a time.</summary>
    private static bool IsAfter(SystemLogFile file, long offset, DateTimeOffset time)
    {
        using var scanner = new SystemLogForwardScanner(file, offset);
        return scanner.TryRead(waits: false, out var entry) && SystemLineParser.TimeOf(entry.Span) > time;
    }
}
