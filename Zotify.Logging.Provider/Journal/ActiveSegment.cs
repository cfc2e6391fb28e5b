namespace Zotify.Logging.Journal;

/// <summary>
/// The segment that lines are appended to. Used by one thread at a time, but <see cref="TryFlush"/> may run during <see cref="Append"/>.
/// </summary>
/// <remarks>
/// A segment is distrusted after a failed fsync: the system may have dropped what it could not write, and does not report that a second
/// time (fsync(2), "Errors"). It is also distrusted when somebody deleted, replaced or cut it. A distrusted segment accepts no lines until
/// <see cref="Replace"/> has started a new one.
/// </remarks>
internal sealed class ActiveSegment : IDisposable
{
    private readonly SegmentFolder _folder;
    private readonly SegmentOpening _opening;

    // A flush can take long. Nobody may exchange the file during it.
    private readonly Lock _flushGate = new();
    private IJournalFile _file;
    private long _length;
    private bool _dirtyEnd;

    // A roll renamed this segment, but could not begin the next one.
    private bool _isRolled;

    // A replacement copied this segment to its rolled name, but could not begin the new one.
    private bool _isRestored;
    private volatile Exception? _fault;

    /// <summary>Opens or creates the segment.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="firstSeq">The number of the first line that it already holds; 0 where there is none.</param>
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

    /// <summary>Why the segment accepts no lines; <see langword="null"/> while it does. Safe to read from any thread.</summary>
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
    /// Returns true when everything appended before the call is on the disk, at the segment's path. False means that some of it may never
    /// reach the disk; <see cref="Fault"/> is set then.
    /// </summary>
    /// <exception cref="IOException">The system cannot find out where the path leads. Another call may succeed.</exception>
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
    /// Checks that the path still leads to the segment. Returns why it accepts no lines; <see langword="null"/> while it does.
    /// </summary>
    /// <exception cref="IOException">The system cannot find out where the path leads.</exception>
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
    /// The roll failed. The segment accepts lines as before, unless somebody removed or replaced it: then <see cref="Fault"/> is set.
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
                // Somebody may have replaced the file before the rename.
                if (!_file.IsAt(RolledPath)) throw Distrust();
                _isRolled = true;
            }

            var next = _opening.Open(_ => { }, isNew: true);
            if (!_file.IsAt(RolledPath))
            {
                // Do not close the segment: its lines would be lost.
                _opening.Discard(next);
                throw Distrust();
            }

            Use(next, length: 0, firstSeq: 0);
        }
    }

    /// <summary>
    /// Moves a distrusted segment away, and starts one with the lines that did not become durable in it. Readers ignore the lines of the
    /// old segment from the new one's first number on. If a call fails half-way, the next one finishes the work.
    /// </summary>
    /// <param name="lines">The lines, without a gap after the durable ones.</param>
    /// <param name="durableSeq">The number of the last durable line.</param>
    /// <exception cref="IOException">The replacement failed; the segment stays distrusted.</exception>
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
                // Check again: once the segment is closed, its lines would be lost.
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

    /// <summary>Gives a segment with durable lines its rolled name, whatever others did to its file.</summary>
    private void SetAside(bool hasDurableLines)
    {
        if (_isRestored) return;
        // Without a durable line, the new segment has all its lines, and will need its rolled name.
        if (_file.IsAt(_folder.Active)) SegmentFolder.Rename(_folder.Active, hasDurableLines ? RolledPath : _folder.Void);
        if (!hasDurableLines || _file.IsAt(RolledPath)) return;
        // The file is still open, so its content can be copied even where its name is gone.
        _file.CopyTo(_folder.Restoring);
        SegmentFolder.Rename(_folder.Restoring, RolledPath);
        _folder.FlushNames();
        _isRestored = true;
    }

    /// <summary>Makes the segment refuse lines, because its file does not have its name any more.</summary>
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
            // The caller throws the first failure. The next write tries again.
        }
    }

    private void CutDirtyEnd()
    {
        _file.SetLength(_length);
        _dirtyEnd = false;
    }
}
