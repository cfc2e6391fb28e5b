using System.Buffers;
using Zotify.Logging.Common;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>
/// Appends to a journal, numbers and chains its lines, rolls its segments, and flushes them to the disk in groups.
/// Thread-safe.
/// </summary>
internal sealed class JournalWriter : IJournal, IDisposable
{
    // Set once.
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly ActiveSegment _segment;
    private readonly GroupCommit _commit;

    // Used by one appending thread at a time. Lines stay here until they are on the disk: a failed fsync loses them in the file.
    private readonly Lock _appendGate = new();
    private readonly ChainSeal _chain = new();
    private readonly LineBuffer _unflushed = new();
    private byte[] _lastHash;
    private bool _closed;
    private bool _disposed;

    // Bytes since the start; the difference is in the buffer.
    private long _appendedBytes;
    private long _flushedBytes;

    // Read by all. A reader that lists the segments must not meet one that is being renamed.
    private readonly Lock _segmentsGate = new();
    private long _lastSeq;
    private Guid _id;
    private volatile Exception? _appendFailure;

    private JournalWriter(JournalOptions options, TimeProvider time, Func<string, IJournalFile> open)
    {
        _options = options;
        _time = time;
        _path = Path.Combine(options.Directory, options.FileName);
        OwnFile.CreateDirectory(Path.GetDirectoryName(_path)!);
        Tighten();
        Recovered = JournalRecovery.Run(_path, options.Report);
        _lastSeq = Recovered.LastSeq;
        _lastHash = Recovered.LastHash;
        // A journal whose files are gone begins its numbers again: they must not meet the old ones in the database.
        var isGone = _lastSeq == 0 && !PathCheck.IsFile(_path);
        _id = (isGone ? null : JournalIdFile.Read(_path)) ?? JournalIdFile.Renew(_path, time);
        _segment = new ActiveSegment(_path, Recovered.ActiveFirstSeq, open);
        _commit = new GroupCommit(Commit, options.FlushInterval, options.Report);
        _commit.Start(options.FileName, _lastSeq);
    }

    /// <inheritdoc/>
    public Guid Id
    {
        get
        {
            lock (_segmentsGate) return _id;
        }
    }

    /// <inheritdoc/>
    public string FileName => _options.FileName;

    /// <summary>What was there when it was opened.</summary>
    public JournalRecovery Recovered { get; }

    /// <summary>The absolute path of the active segment.</summary>
    public string FilePath => _path;

    /// <summary>The number of the last line appended.</summary>
    public long LastSeq => Interlocked.Read(ref _lastSeq);

    /// <inheritdoc/>
    public long DurableSeq => _commit.DurableSeq;

    /// <summary>How many callers of <see cref="AppendDurably"/> wait for others' lines to be written first.</summary>
    public int Waiting => _commit.Waiting;

    /// <summary>The size of the lines that are not on the disk yet, in bytes.</summary>
    public long UnflushedBytes => Interlocked.Read(ref _appendedBytes) - Interlocked.Read(ref _flushedBytes);

    /// <summary>Why lines cannot be written at the moment; <see langword="null"/> while they can. It clears by itself when the disk is back.</summary>
    public Exception? Failure => _segment.Fault ?? _appendFailure ?? _commit.Failure;

    /// <summary>Opens the journal and recovers it: a torn last line is set aside, the numbers and the chain go on.</summary>
    /// <param name="options">The journal.</param>
    /// <param name="time">The clock of the journal's id.</param>
    /// <param name="open">Opens a segment for writing; by default a real file.</param>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    public static JournalWriter Open(JournalOptions options, TimeProvider time, Func<string, IJournalFile>? open = null) =>
        new(options, time, open ?? SegmentFile.Open);

    /// <summary>
    /// Appends the records in order, all or none, and returns the number of the last. They have reached the file, and
    /// reach the disk within the flush interval. A batch goes into one segment: rolling is decided before it.
    /// </summary>
    /// <exception cref="IOException">None of the records was written.</exception>
    public long Append<T>(IReadOnlyList<T> records, IJournalFormat<T> format)
    {
        lock (_appendGate)
        {
            try
            {
                if (_closed) throw new IOException("the journal is closed");
                if (records.Count == 0) return _lastSeq;
                var seq = AppendLines(records, format);
                _appendFailure = null;
                return seq;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (_segment.Fault is null && !_closed) _appendFailure = exception;
                // It finds out when the disk takes lines again, even if nobody logs any more.
                _commit.Ask();
                throw;
            }
        }
    }

    /// <summary>Returns when everything appended before is on the disk; it does not wait for the flush interval.</summary>
    /// <exception cref="IOException">The disk refused it.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => _commit.FlushAsync(cancellationToken);

    /// <summary>
    /// Appends the record, and blocks until it is on the disk, sharing the write and the fsync with all who call meanwhile.
    /// Who calls alone writes by itself, and waits for the disk as long as that takes.
    /// </summary>
    /// <exception cref="IOException">The disk refused it, or did not answer within <paramref name="patience"/>; the line may still appear.</exception>
    public void AppendDurably<T>(T record, IJournalFormat<T> format, TimeSpan patience)
    {
        using var line = new WaitingLine<T>(record, format);
        _commit.Write(line, patience);
    }

    /// <inheritdoc/>
    public Task WaitDurableAsync(long seq, CancellationToken cancellationToken) => _commit.WaitAsync(seq, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<JournalLine> Read(JournalCheckpoint checkpoint, int max)
    {
        lock (_segmentsGate)
        {
            try
            {
                return JournalReader.Read(_path, checkpoint, DurableSeq, max);
            }
            catch (JournalTruncatedException)
            {
                EnsureInPlace();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public bool Holds(JournalCheckpoint checkpoint)
    {
        lock (_segmentsGate)
        {
            if (checkpoint.Seq <= DurableSeq && JournalReader.Holds(_path, checkpoint)) return true;
            EnsureInPlace();
            return false;
        }
    }

    /// <inheritdoc/>
    public void Renew()
    {
        lock (_segmentsGate) _id = JournalIdFile.Renew(_path, _time);
    }

    /// <inheritdoc/>
    public void Adopt(Guid id)
    {
        lock (_segmentsGate)
        {
            JournalIdFile.Write(_path, id);
            _id = id;
        }
    }

    /// <summary>The segments that hold lines, the oldest first.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public IReadOnlyList<SegmentFacts> Segments()
    {
        lock (_segmentsGate)
        {
            var segments = Segment.All(_path);
            return
            [
                .. segments.Select((segment, i) => SegmentFacts.Read(
                    segment, i + 1 < segments.Count ? segments[i + 1].FirstSeq - 1 : DurableSeq, isActive: segment.Path == _path)),
            ];
        }
    }

    /// <summary>Rolls the active segment where its first line is older than <paramref name="time"/>.</summary>
    /// <exception cref="IOException">It could not be rolled; it takes lines as before.</exception>
    public void RollWhatBeganBefore(DateTimeOffset time)
    {
        lock (_appendGate)
        {
            if (_closed || _segment.Fault is not null || _segment.FirstSeq == 0) return;
            using var reader = new SegmentReader(_path, 0);
            if (reader.TryRead(out var first) && LineTime.Of(first.Span) < time) Roll();
        }
    }

    /// <summary>Deletes rolled segments, for good when it returns. Those that are gone already do not matter.</summary>
    /// <exception cref="IOException">Not all could be deleted.</exception>
    public void Delete(IReadOnlyList<SegmentFacts> segments)
    {
        if (segments.Count == 0) return;
        lock (_segmentsGate)
        {
            foreach (var segment in segments) File.Delete(segment.Path);
            DiskFlush.Names(Path.GetDirectoryName(_path)!);
        }
    }

    /// <summary>Appends the last record, and takes no more from then on.</summary>
    /// <param name="last">Makes it, given the number of the line before it.</param>
    /// <param name="format">How it becomes a line.</param>
    /// <exception cref="IOException">It was not written; the journal takes no more all the same.</exception>
    public void Complete<T>(Func<long, T> last, IJournalFormat<T> format)
    {
        lock (_appendGate)
        {
            if (_closed) return;
            try
            {
                AppendLines([last(_lastSeq)], format);
            }
            finally
            {
                _closed = true;
            }
        }
    }

    /// <summary>Flushes, and closes the file.</summary>
    public void Dispose()
    {
        lock (_appendGate)
        {
            if (_disposed) return;
            _closed = _disposed = true;
        }

        // The last look at whether the lines are where they should be; what is wrong is mended while the commits end.
        _commit.Ask();
        _commit.Dispose();
        _segment.Dispose();
        _chain.Dispose();
    }

    /// <summary>Files of an older version may be readable by everybody.</summary>
    private void Tighten()
    {
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(_path)!))
        {
            if (SideFiles.IsOf(Path.GetFileName(_path), Path.GetFileName(path))) OwnFile.Tighten(path);
        }
    }

    /// <summary>
    /// Lines that are not there are gone only where the active segment is in its place. One that somebody took away comes back with the
    /// next commit: until then its lines must not be taken for those of another journal.
    /// </summary>
    /// <exception cref="IOException">It is not in its place.</exception>
    private void EnsureInPlace()
    {
        if (_segment.FindFault() is not { } fault) return;
        _commit.Ask();
        throw new IOException($"The journal waits for a new segment: {fault.Message}", fault);
    }

    private long AppendLines<T>(IReadOnlyList<T> records, IJournalFormat<T> format)
    {
        if (_segment.FirstSeq > 0 && _segment.Length >= _options.MaxFileSize()) Roll();
        var batch = _unflushed.Length;
        var seq = _lastSeq;
        var hash = _lastHash;
        var key = _options.Chained && _options.HashKeys() is [.., var last] ? last : null;
        try
        {
            for (var i = 0; i < records.Count; i++)
            {
                var start = _unflushed.Length;
                format.Write(records[i], ++seq, _unflushed);
                if (_options.Chained) hash = _chain.Seal(_unflushed, start, hash, key);
                _unflushed.Write("\n"u8);
            }

            _segment.Append(_unflushed.From(batch), _lastSeq + 1);
        }
        catch
        {
            _unflushed.Truncate(batch);
            throw;
        }

        Interlocked.Add(ref _appendedBytes, _unflushed.Length - batch);
        _lastHash = hash;
        Interlocked.Exchange(ref _lastSeq, seq);
        _commit.Appended(seq);
        return seq;
    }

    private void Roll()
    {
        if (!_segment.TryFlush()) throw new IOException(_segment.Fault!.Message, _segment.Fault);
        Flushed(_appendedBytes);
        _commit.Advance(_lastSeq);
        lock (_segmentsGate) _segment.Roll();
        _options.Rolled();
    }

    /// <summary>Appends the lines that wait, all or none, and brings all lines to the disk: by a flush, or where that fails, by a new segment. Run by one thread at a time.</summary>
    private void Commit(IReadOnlyList<WaitingLine> waiting)
    {
        if (waiting.Count > 0) AppendWaiting(waiting);
        if (!TryFlush()) StartNewSegment();
        foreach (var line in waiting) line.Tell(null);
        if (_appendFailure is null) return;
        DiskProbe.Run(_path);
        _appendFailure = null;
    }

    private void AppendWaiting(IReadOnlyList<WaitingLine> waiting)
    {
        try
        {
            Append(waiting, WaitingLine.Format);
        }
        catch (Exception exception)
        {
            // What was appended before still is to reach the disk.
            foreach (var line in waiting) line.Tell(exception);
        }
    }

    private bool TryFlush()
    {
        long bytes, seq;
        lock (_appendGate) (bytes, seq) = (_appendedBytes, _lastSeq);
        if (_segment.Fault is not null || !_segment.TryFlush()) return false;
        lock (_appendGate) Flushed(bytes);
        _commit.Advance(seq);
        return true;
    }

    private void StartNewSegment()
    {
        lock (_appendGate)
        {
            lock (_segmentsGate)
            {
                var fault = _segment.Fault!;
                _segment.Replace(_unflushed.From(0), DurableSeq);
                // Whoever deleted the segment may have deleted the id as well.
                if (JournalIdFile.Read(_path) != _id) JournalIdFile.Write(_path, _id);
                _options.Report($"the journal goes on in a new segment from line {DurableSeq + 1} on", fault);
            }

            Flushed(_appendedBytes);
            _commit.Advance(_lastSeq);
        }
    }

    /// <summary>Everything up to this many bytes since the start is on the disk.</summary>
    private void Flushed(long bytes)
    {
        // A roll or a new segment may have come further meanwhile.
        if (bytes <= _flushedBytes) return;
        _unflushed.RemoveFirst((int)(bytes - _flushedBytes));
        Interlocked.Exchange(ref _flushedBytes, bytes);
    }
}
