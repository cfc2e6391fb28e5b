using Zotify.Logging.Common;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>
/// Appends to a journal, numbers and chains its lines, rolls its segments, and flushes them to the disk in groups. Thread-safe.
/// </summary>
internal sealed class JournalWriter : IJournal, IDisposable
{
    private readonly JournalOptions _options;
    private readonly string _path;
    private readonly UnflushedLines _lines;
    private readonly ActiveSegment _segment;
    private readonly SegmentCatalog _catalog;
    private readonly JournalAppender _appender;
    private readonly GroupCommit _commit;
    private int _disposed;

    private JournalWriter(JournalOptions options, TimeProvider time, Func<string, IJournalFile> open)
    {
        _options = options;
        _path = Path.Combine(options.Directory, options.FileName);
        OwnFile.CreateDirectory(Path.GetDirectoryName(_path)!);
        OwnFile.EnsureFile(_path);
        Tighten();
        Recovered = JournalRecovery.Run(_path, options.Report);
        // A journal whose files are gone starts its numbers again. They must not collide with the old numbers in the database.
        var isGone = Recovered.LastSeq == 0 && !PathCheck.IsFile(_path);
        var id = (isGone ? null : JournalIdFile.Read(_path)) ?? JournalIdFile.Renew(_path, time);
        _lines = new UnflushedLines(options, Recovered.LastSeq, Recovered.LastHash);
        _segment = new ActiveSegment(_path, Recovered.ActiveFirstSeq, open);
        _commit = new GroupCommit(Commit, options.FlushInterval, options.Report);
        _catalog = new SegmentCatalog(_path, id, time, _segment, _commit);
        _appender = new JournalAppender(options, _segment, _catalog, _lines, _commit);
        _commit.Start(options.FileName, Recovered.LastSeq);
    }

    /// <inheritdoc/>
    public Guid Id => _catalog.Id;

    /// <inheritdoc/>
    public string FileName => _options.FileName;

    /// <summary>What recovery found when the journal was opened.</summary>
    public JournalRecovery Recovered { get; }

    /// <summary>The absolute path of the active segment.</summary>
    public string FilePath => _path;

    /// <summary>The number of the last line appended.</summary>
    public long LastSeq => _lines.LastSeq;

    /// <inheritdoc/>
    public long DurableSeq => _commit.DurableSeq;

    /// <inheritdoc/>
    public long AwaitedCommits => _commit.AwaitedCommits;

    /// <summary>How many callers of <see cref="AppendDurably"/> wait for the lines of others to be written first.</summary>
    public int Waiting => _commit.Waiting;

    /// <summary>The size of the lines that are not on the disk yet, in bytes.</summary>
    public long UnflushedBytes => _lines.Size;

    /// <summary>
    /// Why lines cannot be written at the moment; <see langword="null"/> while they can. It clears by itself once the disk works again.
    /// </summary>
    public Exception? Failure => _appender.Failure ?? _commit.Failure;

    /// <summary>Opens the journal and recovers it: moves a torn last line away, and continues the numbers and the chain.</summary>
    /// <param name="options">The journal.</param>
    /// <param name="time">The clock of the journal's id.</param>
    /// <param name="open">Opens a segment for writing; by default a real file.</param>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    public static JournalWriter Open(JournalOptions options, TimeProvider time, Func<string, IJournalFile>? open = null) =>
        new(options, time, open ?? SegmentFile.Open);

    /// <summary>
    /// Appends the records in order, all or none, and returns the number of the last. When it returns, they have reached the file; they
    /// reach the disk within the flush interval. A batch goes into one segment: the journal decides before the batch whether to roll.
    /// </summary>
    /// <exception cref="IOException">None of the records was written.</exception>
    public long Append<T>(IReadOnlyList<T> records, IJournalFormat<T> format) => _appender.Append(records, format);

    /// <summary>Returns when everything appended before the call is on the disk. Does not wait for the flush interval.</summary>
    /// <exception cref="IOException">The disk refused it.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => _commit.FlushAsync(cancellationToken);

    /// <summary>
    /// Appends the record, and blocks until it is on the disk. Concurrent callers share one write and one fsync. A caller that is alone
    /// writes on its own thread, and waits for the disk as long as that takes.
    /// </summary>
    /// <exception cref="IOException">
    /// The disk refused it, or did not answer within <paramref name="timeout"/>. The line may still appear.
    /// </exception>
    public void AppendDurably<T>(T record, IJournalFormat<T> format, TimeSpan timeout)
    {
        using var line = new WaitingLine<T>(record, format);
        _commit.Write(line, timeout);
    }

    /// <inheritdoc/>
    public Task WaitDurableAsync(long seq, CancellationToken cancellationToken) => _commit.WaitAsync(seq, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<JournalLine> Read(JournalCheckpoint checkpoint, int max) => _catalog.Read(checkpoint, max);

    /// <inheritdoc/>
    public bool Holds(JournalCheckpoint checkpoint) => _catalog.Holds(checkpoint);

    /// <inheritdoc/>
    public void Renew() => _catalog.Renew();

    /// <inheritdoc/>
    public void Adopt(Guid id) => _catalog.Adopt(id);

    /// <summary>The segments that hold lines, the oldest first.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public IReadOnlyList<SegmentFacts> Segments() => _catalog.List();

    /// <summary>Rolls the active segment where its first line is older than <paramref name="time"/>.</summary>
    /// <exception cref="IOException">It could not be rolled; it accepts lines as before.</exception>
    public void RollOlderThan(DateTimeOffset time) => _appender.RollOlderThan(time, _path);

    /// <summary>Deletes rolled segments. When it returns, the deletion is on the disk. Segments that are already gone are
    /// ignored.</summary>
    /// <exception cref="IOException">Not all could be deleted.</exception>
    public void Delete(IReadOnlyList<SegmentFacts> segments) => _catalog.Delete(segments);

    /// <summary>Appends the last record, and refuses all others from then on.</summary>
    /// <param name="last">Makes the record, given the number of the line before it.</param>
    /// <param name="format">How it becomes a line.</param>
    /// <exception cref="IOException">It was not written. The journal refuses further records all the same.</exception>
    public void Complete<T>(Func<long, T> last, IJournalFormat<T> format) => _appender.Complete(last, format);

    /// <summary>Flushes, and closes the file.</summary>
    public void Dispose()
    {
        _appender.Close();
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        // Before it ends, the commit checks once more that the path leads to the lines, and repairs what is wrong.
        _commit.Request();
        _commit.Dispose();
        _segment.Dispose();
        _lines.Dispose();
    }

    /// <summary>Removes excess permissions from the files: those of an older version may be readable by everybody.</summary>
    private void Tighten()
    {
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(_path)!))
        {
            if (SideFiles.IsOf(Path.GetFileName(_path), Path.GetFileName(path))) OwnFile.Tighten(path);
        }
    }

    /// <summary>
    /// Appends the lines that wait, all or none, and brings all lines to the disk: by a flush, or where that fails, by a new segment. One
    /// thread at a time runs it.
    /// </summary>
    private void Commit(IReadOnlyList<WaitingLine> waiting)
    {
        if (waiting.Count > 0) AppendWaiting(waiting);
        if (!_appender.TryFlush()) _appender.StartNewSegment();
        foreach (var line in waiting) line.Complete(null);
        if (_appender.AppendFailure is null) return;
        DiskProbe.Run(_path);
        _appender.ClearFailure();
    }

    private void AppendWaiting(IReadOnlyList<WaitingLine> waiting)
    {
        try
        {
            Append(waiting, WaitingLine.Format);
        }
        catch (Exception exception)
        {
            // Lines that were appended earlier must still reach the disk.
            foreach (var line in waiting) line.Complete(exception);
        }
    }
}
