using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Provider.Journal;

/// <summary>
/// Appends to a journal, numbers and chains its lines, rolls its segments, and flushes them to the disk in groups.
/// Reading and waiting are thread-safe; <see cref="Append"/> is called by one thread at a time.
/// </summary>
internal sealed class JournalWriter : IJournal, IDisposable
{
    // Set once.
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<string, IJournalFile> _open;
    private readonly string _path;
    private readonly GroupCommit _commit;

    // Used by the appending thread.
    private readonly HashChain _chain = new();
    private readonly LineBuffer _buffer = new();
    private byte[] _lastHash;
    private long _length;
    private long _activeFirstSeq;
    private bool _dirtyEnd;

    // Changed by the appending thread alone: the commit thread flushes it, so a roll waits for a flush under way.
    private readonly Lock _flushGate = new();
    private IJournalFile _file;

    // Read by all. A reader that lists the segments must not meet one that is being renamed.
    private readonly Lock _segmentsGate = new();
    private long _lastSeq;
    private Guid _id;

    private JournalWriter(JournalOptions options, TimeProvider time, Func<string, IJournalFile> open)
    {
        _options = options;
        _time = time;
        _open = open;
        _path = Path.Combine(options.Directory, options.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var recovered = JournalRecovery.Run(_path, options.Report);
        _lastSeq = recovered.LastSeq;
        _lastHash = recovered.LastHash;
        _activeFirstSeq = recovered.ActiveFirstSeq;
        // A journal whose files are gone begins its numbers again: they must not meet the old ones in the database.
        var isGone = _lastSeq == 0 && !File.Exists(_path);
        _id = (isGone ? null : JournalIdFile.Read(_path)) ?? JournalIdFile.Renew(_path, time);
        _file = OpenActive();
        _file.FlushToDisk();
        _commit = new GroupCommit(FlushFile, options.FlushInterval, options.Report);
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

    /// <summary>The number of the last line appended.</summary>
    public long LastSeq => Interlocked.Read(ref _lastSeq);

    /// <inheritdoc/>
    public long DurableSeq => _commit.DurableSeq;

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
        if (records.Count == 0) return _lastSeq;
        if (_activeFirstSeq > 0 && _length >= _options.MaxFileSize()) Roll();

        _buffer.Truncate(0);
        var seq = _lastSeq;
        var hash = _lastHash;
        var key = _options.Chained && _options.HashKeys() is [.., var last] ? last : null;
        for (var i = 0; i < records.Count; i++)
        {
            var start = _buffer.Length;
            format.Write(records[i], ++seq, _buffer);
            if (_options.Chained) hash = Seal(start, hash, key);
            _buffer.Write("\n"u8);
        }

        WriteToFile();
        _lastHash = hash;
        if (_activeFirstSeq == 0) _activeFirstSeq = _lastSeq + 1;
        Interlocked.Exchange(ref _lastSeq, seq);
        _commit.Appended(seq);
        return seq;
    }

    /// <summary>Returns when everything appended before is on the disk; it does not wait for the flush interval.</summary>
    /// <exception cref="IOException">The disk refused it.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => _commit.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public Task WaitDurableAsync(long seq, CancellationToken cancellationToken) => _commit.WaitAsync(seq, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<JournalLine> Read(JournalCursor cursor, int max)
    {
        lock (_segmentsGate) return JournalReader.Read(_path, cursor, DurableSeq, max);
    }

    /// <inheritdoc/>
    public void Renew()
    {
        lock (_segmentsGate) _id = JournalIdFile.Renew(_path, _time);
    }

    /// <summary>Flushes, and closes the file.</summary>
    public void Dispose()
    {
        _commit.Dispose();
        _file.Dispose();
        _chain.Dispose();
    }

    private byte[] Seal(int start, byte[] previous, HashKey? key)
    {
        _buffer.Truncate(_buffer.Length - 1); // the closing brace
        if (key is not null)
        {
            _buffer.Write(",\"key_id\":"u8);
            _buffer.Write(JsonSerializer.SerializeToUtf8Bytes(key.Id));
        }

        var hash = _chain.Next(previous, _buffer.From(start), key);
        _buffer.Write(",\"hash\":\""u8);
        _buffer.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(hash)));
        _buffer.Write("\"}"u8);
        return hash;
    }

    private void WriteToFile()
    {
        if (_dirtyEnd) CutDirtyEnd();
        try
        {
            _file.Write(_buffer.From(0), _length);
            _length += _buffer.Length;
        }
        catch
        {
            // Part of it may have reached the file: a reader must not take that for lines.
            _dirtyEnd = true;
            CutDirtyEnd();
            throw;
        }
    }

    private void CutDirtyEnd()
    {
        try
        {
            _file.SetLength(_length);
            _dirtyEnd = false;
        }
        catch (IOException exception)
        {
            _options.Report("the end of an unfinished write could not be cut off; it is tried again before the next", exception);
            throw;
        }
    }

    private void Roll()
    {
        if (_dirtyEnd) CutDirtyEnd();
        lock (_flushGate)
        lock (_segmentsGate)
        {
            _file.FlushToDisk();
            _commit.Advance(_lastSeq);
            // A roll that failed half-way is finished by the next attempt: the file is renamed already, and still open.
            var rolled = Path.Combine(Path.GetDirectoryName(_path)!, SegmentNames.Rolled(Path.GetFileName(_path), _activeFirstSeq));
            if (!File.Exists(rolled)) File.Move(_path, rolled);
            var next = OpenActive();
            _file.Dispose();
            _file = next;
            _activeFirstSeq = 0;
        }
    }

    private IJournalFile OpenActive()
    {
        var file = _open(_path);
        try
        {
            DirectorySync.Flush(Path.GetDirectoryName(_path)!);
            // Last: while a roll fails, the length is the old file's.
            _length = file.Length;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void FlushFile()
    {
        lock (_flushGate) _file.FlushToDisk();
    }
}
