namespace Zotify.Logging.Provider.Journal;

/// <summary>
/// The segment that is appended to. One thread at a time uses it; <see cref="TryFlush"/> may run beside <see cref="Append"/>.
/// </summary>
/// <remarks>
/// A segment is distrusted after a failed fsync (the system may have dropped what it could not write, and would not say so
/// again: fsync(2), "Errors"), and when somebody deleted, replaced or cut it. It then takes no more lines, until
/// <see cref="Replace"/> has started a new one.
/// </remarks>
internal sealed class ActiveSegment : IDisposable
{
    private const string VoidExtension = ".void";
    private const string ReplacedExtension = ".replaced";
    private const string RestoringExtension = ".restoring";

    private readonly string _path;
    private readonly Func<string, IJournalFile> _open;

    // A flush takes long: the file must not be exchanged under it.
    private readonly Lock _flushGate = new();
    private IJournalFile _file;
    private long _length;
    private bool _dirtyEnd;
    private bool _isAside;
    private volatile Exception? _fault;

    /// <summary>Opens or creates the segment.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="firstSeq">The number of the first line that it holds by now; 0 where there is none.</param>
    /// <param name="open">Opens a file for writing.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public ActiveSegment(string path, long firstSeq, Func<string, IJournalFile> open)
    {
        _path = path;
        _open = open;
        _file = OpenFile(file => file.FlushToDisk());
        _length = _file.Length;
        FirstSeq = firstSeq;
    }

    /// <summary>The number of its first line; 0 where there is none.</summary>
    public long FirstSeq { get; private set; }

    /// <summary>The length in bytes.</summary>
    public long Length => _length;

    /// <summary>Why it takes no more lines; <see langword="null"/> while it does. Safe to read from any thread.</summary>
    public Exception? Fault => _fault;

    /// <summary>Appends lines, all or none.</summary>
    /// <exception cref="IOException">None was appended.</exception>
    public void Append(ReadOnlySpan<byte> lines, long firstSeq)
    {
        if (_fault is not null) throw new IOException($"The journal waits for a new segment: {_fault.Message}", _fault);
        if (_dirtyEnd) CutDirtyEnd();
        if (_file.Length is var length && length != _length)
        {
            _fault = new IOException($"'{_path}' has {length} bytes, {_length} were written: another program changed it");
            throw _fault;
        }

        try
        {
            _file.Write(lines, _length);
        }
        catch
        {
            // Part of it may have reached the file: a reader must not take that for lines.
            _dirtyEnd = true;
            TryCutDirtyEnd();
            throw;
        }

        _length += lines.Length;
        if (FirstSeq == 0) FirstSeq = firstSeq;
    }

    /// <summary>
    /// Returns when everything appended before the call is on the disk, where the path leads; false where it may not be, and
    /// never will be: <see cref="Fault"/> is set.
    /// </summary>
    public bool TryFlush()
    {
        lock (_flushGate)
        {
            try
            {
                _file.FlushToDisk();
            }
            catch (Exception exception)
            {
                _fault = exception;
                return false;
            }

            if (!_isAside && !_file.IsInPlace) _fault = new IOException($"'{_path}' was deleted or replaced by another program");
            return _fault is null;
        }
    }

    /// <summary>Renames the segment, flushed by the caller, after its first number, and starts an empty one. One that failed half-way is finished by the next.</summary>
    /// <exception cref="IOException">It could not be done; the segment takes lines as before.</exception>
    public void Roll()
    {
        if (_dirtyEnd) CutDirtyEnd();
        lock (_flushGate)
        {
            if (!_isAside) MoveToRolled(_path);
            _isAside = true;
            Use(OpenFile(_ => { }), length: 0, firstSeq: 0);
        }
    }

    /// <summary>
    /// Sets a distrusted segment aside and starts one with the lines that did not become durable in it. What the old one
    /// holds from the new one's first number on is void for every reader. One that failed half-way is finished by the next.
    /// </summary>
    /// <param name="lines">The lines, without a gap after the durable ones.</param>
    /// <param name="durableSeq">The number of the last durable line.</param>
    /// <exception cref="IOException">It could not be done; the segment stays distrusted.</exception>
    public void Replace(ReadOnlySpan<byte> lines, long durableSeq)
    {
        lock (_flushGate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            if (!_isAside) SetAside(hasDurableLines: FirstSeq > 0 && FirstSeq <= durableSeq);
            _isAside = true;
            var content = lines.ToArray();
            var next = OpenFile(file =>
            {
                // An attempt before this one may have left something.
                file.SetLength(0);
                file.Write(content, 0);
                file.FlushToDisk();
            });
            Use(next, lines.Length, lines.IsEmpty ? 0 : durableSeq + 1);
            _fault = null;
            File.Delete(_path + VoidExtension);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private string RolledPath => Path.Combine(Path.GetDirectoryName(_path)!, SegmentNames.Rolled(Path.GetFileName(_path), FirstSeq));

    private void SetAside(bool hasDurableLines)
    {
        if (_file.IsInPlace)
        {
            // Without a durable line, all of it is in the new segment, which will have its number.
            if (hasDurableLines) MoveToRolled(_path);
            else File.Move(_path, _path + VoidExtension, overwrite: true);
            return;
        }

        MakeRoom(_path);
        if (!hasDurableLines) return;
        // The file is open: whatever became of its name, its content is still there.
        _file.CopyTo(_path + RestoringExtension);
        MoveToRolled(_path + RestoringExtension);
    }

    private void MoveToRolled(string from)
    {
        MakeRoom(RolledPath);
        File.Move(from, RolledPath);
    }

    /// <summary>Moves another program's file out of the way, without destroying it: it must not stop the journal.</summary>
    private static void MakeRoom(string path)
    {
        if (File.Exists(path)) File.Move(path, path + ReplacedExtension, overwrite: true);
    }

    private void Use(IJournalFile next, long length, long firstSeq)
    {
        _file.Dispose();
        _file = next;
        _length = length;
        FirstSeq = firstSeq;
        _isAside = _dirtyEnd = false;
    }

    private IJournalFile OpenFile(Action<IJournalFile> prepare)
    {
        var file = _open(_path);
        try
        {
            prepare(file);
            DirectorySync.Flush(Path.GetDirectoryName(_path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void TryCutDirtyEnd()
    {
        try
        {
            CutDirtyEnd();
        }
        catch (IOException)
        {
            // What failed first goes up. It is tried again before the next write.
        }
    }

    private void CutDirtyEnd()
    {
        _file.SetLength(_length);
        _dirtyEnd = false;
    }
}
