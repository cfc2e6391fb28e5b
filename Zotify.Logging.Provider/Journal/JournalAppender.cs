using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>
/// Appends lines to the active segment, one caller at a time. Rolls the segment, and starts a new one where it failed. Thread-safe.
/// </summary>
/// <param name="options">The journal.</param>
/// <param name="segment">The active segment.</param>
/// <param name="catalog">Rolls and replaces the segment while no reader lists the segments.</param>
/// <param name="lines">The lines that are not on the disk yet.</param>
/// <param name="commit">Is notified of appended lines and of lines on the disk.</param>
internal sealed class JournalAppender(
    JournalOptions options, ActiveSegment segment, SegmentCatalog catalog, UnflushedLines lines, GroupCommit commit)
{
    private readonly Lock _gate = new();
    private bool _closed;
    private volatile Exception? _failure;

    /// <summary>Why lines cannot be written at the moment; <see langword="null"/> while they can.</summary>
    public Exception? Failure => segment.Fault ?? _failure;

    /// <summary>Why the last batch was not written although the segment accepts lines; <see langword="null"/> where it was.</summary>
    public Exception? AppendFailure => _failure;

    /// <inheritdoc cref="JournalWriter.Append"/>
    public long Append<T>(IReadOnlyList<T> records, IJournalFormat<T> format)
    {
        lock (_gate)
        {
            try
            {
                if (_closed) throw new JournalClosedException("the journal is closed");
                if (records.Count == 0) return lines.LastSeq;
                var seq = AppendLines(records, format);
                _failure = null;
                return seq;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (segment.Fault is null && !_closed) _failure = exception;
                // The commit finds out when the disk accepts lines again, even if nobody logs any more.
                commit.Request();
                throw;
            }
        }
    }

    /// <summary>Called when the disk has accepted lines again.</summary>
    public void ClearFailure() => _failure = null;

    /// <inheritdoc cref="JournalWriter.RollOlderThan"/>
    public void RollOlderThan(DateTimeOffset time, string path)
    {
        lock (_gate)
        {
            if (_closed || segment.Fault is not null || segment.FirstSeq == 0) return;
            using var reader = new SegmentReader(path, 0);
            if (reader.TryRead(out var first) && LineTime.Of(first.Span) < time) Roll();
        }
    }

    /// <inheritdoc cref="JournalWriter.Complete"/>
    public void Complete<T>(Func<long, T> last, IJournalFormat<T> format)
    {
        lock (_gate)
        {
            if (_closed) return;
            try
            {
                AppendLines([last(lines.LastSeq)], format);
            }
            finally
            {
                _closed = true;
            }
        }
    }

    /// <summary>Refuses all further lines.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
    }

    /// <summary>
    /// Flushes everything appended before the call. Returns false where the segment failed: call <see cref="StartNewSegment"/> then.
    /// </summary>
    /// <exception cref="IOException">The system cannot find out where the path leads.</exception>
    public bool TryFlush()
    {
        long bytes, seq;
        lock (_gate) (bytes, seq) = (lines.AppendedBytes, lines.LastSeq);
        // Outside the lock, so that others can append meanwhile.
        if (segment.Fault is not null || !segment.TryFlush()) return false;
        lock (_gate) lines.RemoveThrough(bytes);
        commit.ReportDurable(seq);
        return true;
    }

    /// <summary>Replaces the segment that failed. The new one begins with the lines that are not on the disk.</summary>
    /// <exception cref="IOException">The replacement failed. Another call tries again.</exception>
    public void StartNewSegment()
    {
        lock (_gate)
        {
            options.EnsureHeld();
            catalog.Replace(lines.Lines, options.Report);
            lines.RemoveThrough(lines.AppendedBytes);
            commit.ReportDurable(lines.LastSeq);
        }
    }

    private long AppendLines<T>(IReadOnlyList<T> records, IJournalFormat<T> format)
    {
        if (segment.FirstSeq > 0 && segment.Length >= options.MaxFileSize()) Roll();
        lines.AppendTo(segment, records, format);
        var seq = lines.LastSeq;
        commit.ReportAppended(seq);
        return seq;
    }

    private void Roll()
    {
        if (!segment.TryFlush()) throw new IOException(segment.Fault!.Message, segment.Fault);
        lines.RemoveThrough(lines.AppendedBytes);
        commit.ReportDurable(lines.LastSeq);
        catalog.Roll();
        options.Rolled();
    }
}
