namespace Zotify.Logging.Journal;

/// <summary>
/// The segment that is appended to. One thread at a time uses it; <see cref="TryFlush"/> may run beside <see cref="Append"/>.
/// </summary>
/// <remarks>
/// A segment is distrusted after a failed fsync: the system may have dropped what it could not write, and does not report that
/// a second time (fsync(2), "Errors"). It is distrusted as well when somebody deleted, replaced or cut it. It then takes no more
/// lines until <see cref="Replace"/> has started a new one.
/// </remarks>
internal sealed class ActiveSegment : IDisposable
{
    private readonly SegmentFolder _folder;
    private readonly SegmentOpening _opening;

    // A flush takes long. Nobody may exchange the file meanwhile.
    private readonly Lock _flushGate = new();
    private IJournalFile _file;
    private long _length;
    private bool _dirtyEnd;

    // A roll renamed this segment, and then could not begin the next one.
    private bool _isRolled;

    // A replacement copied this segment to its rolled name, and then could not begin the new one.
    private bool _isRestored;
    private volatile Exception? _fault;

    /// <summary>Opens or creates the segment.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="firstSeq">The number of the first line that it holds by now; 0 where there is none.</param>
    /// <param name="open">Opens a file for writing.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public ActiveSegment(string path, long firstSeq, Func<string, IJournalFile> open)
    {
        _folder = new SegmentFolder(path);
        _opening = new SegmentOpening(_folder, open);
        _file = _opening.Open(file => file.FlushToDisk(), isNew: false);
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
            _fault = new IOException($"'{_folder.Active}' has {length} bytes, {_length} were written: another program changed it");
            throw _fault;
        }

        try
        {
            _file.Write(lines, _length);
        }
        catch
        {
            // Part of it may have reached the file. Readers must not find half a line.
            _dirtyEnd = true;
            TryCutDirtyEnd();
            throw;
        }

        _length += lines.Length;
        if (FirstSeq == 0) FirstSeq = firstSeq;
    }

    /// <summary>
    /// Returns true when everything appended before the call is on the disk, where the path leads. False means that it may not be, and
    /// never will be; <see cref="Fault"/> is set.
    /// </summary>
    /// <exception cref="IOException">The system does not know where the path leads. Another call may find out.</exception>
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

            if (!IsInPlace) _ = Distrust();
            return _fault is null;
        }
    }

    /// <summary>
    /// Checks that the segment is where the path leads. Returns why it takes no more lines; <see langword="null"/> while it does.
    /// </summary>
    /// <exception cref="IOException">The system does not know where the path leads.</exception>
    public Exception? FindFault()
    {
        lock (_flushGate)
        {
            if (_fault is null && !IsInPlace) _ = Distrust();
            return _fault;
        }
    }

    /// <summary>
    /// Renames the segment after its first number, and starts an empty one. The caller has flushed it. If a call fails half-way, the next
    /// one finishes the work.
    /// </summary>
    /// <exception cref="IOException">
    /// It could not be done. The segment takes lines as before, unless somebody took it away: then <see cref="Fault"/> is set.
    /// </exception>
    public void Roll()
    {
        if (_dirtyEnd) CutDirtyEnd();
        lock (_flushGate)
        {
            if (!_isRolled)
            {
                if (!_file.IsAt(_folder.Active)) throw Distrust();
                SegmentFolder.Rename(_folder.Active, RolledPath);
                // What was renamed is whatever had the name.
                if (!_file.IsAt(RolledPath)) throw Distrust();
                _isRolled = true;
            }

            var next = _opening.Open(_ => { }, isNew: true);
            if (!_file.IsAt(RolledPath))
            {
                // Closed, its lines would be lost.
                _opening.Discard(next);
                throw Distrust();
            }

            Use(next, length: 0, firstSeq: 0);
        }
    }

    /// <summary>
    /// Sets a distrusted segment aside, and starts one with the lines that did not become durable in it. Readers ignore what the old
    /// segment holds from the new one's first number on. If a call fails half-way, the next one finishes the work.
    /// </summary>
    /// <param name="lines">The lines, without a gap after the durable ones.</param>
    /// <param name="durableSeq">The number of the last durable line.</param>
    /// <exception cref="IOException">It could not be done; the segment stays distrusted.</exception>
    public void Replace(ReadOnlySpan<byte> lines, long durableSeq)
    {
        lock (_flushGate)
        {
            _folder.Create();
            var hasDurableLines = FirstSeq > 0 && FirstSeq <= durableSeq;
            SetAside(hasDurableLines);
            var content = lines.ToArray();
            var next = _opening.Open(file =>
            {
                file.SetLength(0);
                file.Write(content, 0);
                file.FlushToDisk();
            }, isNew: true);
            try
            {
                // Once more: closed, its lines would be lost.
                SetAside(hasDurableLines);
            }
            catch
            {
                _opening.Discard(next);
                throw;
            }

            Use(next, lines.Length, lines.IsEmpty ? 0 : durableSeq + 1);
            _fault = null;
            File.Delete(_folder.Void);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private string RolledPath => _folder.Rolled(FirstSeq);

    private bool IsInPlace => _file.IsAt(_isRolled ? RolledPath : _folder.Active);

    /// <summary>Gives a segment with durable lines a name of its own, whatever others did to its file.</summary>
    private void SetAside(bool hasDurableLines)
    {
        if (_isRestored) return;
        // Without a durable line, all of it is in the new segment, which will have its number.
        if (_file.IsAt(_folder.Active)) SegmentFolder.Rename(_folder.Active, hasDurableLines ? RolledPath : _folder.Void);
        if (!hasDurableLines || _file.IsAt(RolledPath)) return;
        // The file is open: whatever became of its name, its content is still there.
        _file.CopyTo(_folder.Restoring);
        SegmentFolder.Rename(_folder.Restoring, RolledPath);
        _folder.FlushNames();
        _isRestored = true;
    }

    /// <summary>Stops taking lines, because the file does not have its name any more.</summary>
    private IOException Distrust()
    {
        var fault = new IOException($"'{_folder.Active}' was deleted, moved or replaced by another program");
        _isRolled = false;
        _fault = fault;
        return fault;
    }

    private void Use(IJournalFile next, long length, long firstSeq)
    {
        _file.Dispose();
        _file = next;
        _length = length;
        FirstSeq = firstSeq;
        _isRolled = _isRestored = _dirtyEnd = false;
    }

    private void TryCutDirtyEnd()
    {
        try
        {
            CutDirtyEnd();
        }
        catch (IOException)
        {
            // The caller throws what failed first. The next write tries again.
        }
    }

    private void CutDirtyEnd()
    {
        _file.SetLength(_length);
        _dirtyEnd = false;
    }
}
