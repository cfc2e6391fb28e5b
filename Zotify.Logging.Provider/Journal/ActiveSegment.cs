namespace Zotify.Logging.Journal;

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
    private readonly SegmentFolder _folder;
    private readonly Func<string, IJournalFile> _open;

    // A flush takes long: the file must not be exchanged under it.
    private readonly Lock _flushGate = new();
    private IJournalFile _file;
    private long _length;
    private bool _dirtyEnd;

    // A roll that could not begin the next segment: this one has its rolled name already.
    private bool _isRolled;

    // A new segment that could not be begun: a copy of this one has its rolled name already.
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
        _open = open;
        _file = OpenFile(file => file.FlushToDisk(), isNew: false);
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
    /// <exception cref="IOException">The system cannot tell where the path leads; another call finds out.</exception>
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

    /// <summary>Looks whether the segment is where the path leads. Why it takes no more lines; <see langword="null"/> where it does.</summary>
    /// <exception cref="IOException">The system cannot tell.</exception>
    public Exception? FindFault()
    {
        lock (_flushGate)
        {
            if (_fault is null && !IsInPlace) _ = Distrust();
            return _fault;
        }
    }

    /// <summary>Renames the segment, flushed by the caller, after its first number, and starts an empty one. One that failed half-way is finished by the next.</summary>
    /// <exception cref="IOException">
    /// It could not be done; the segment takes lines as before, unless somebody took it away: <see cref="Fault"/> is set then.
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

            var next = OpenFile(_ => { }, isNew: true);
            if (!_file.IsAt(RolledPath))
            {
                // Nobody has its lines any more, once it is closed.
                Discard(next);
                throw Distrust();
            }

            Use(next, length: 0, firstSeq: 0);
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
            _folder.Create();
            var hasDurableLines = FirstSeq > 0 && FirstSeq <= durableSeq;
            SetAside(hasDurableLines);
            var content = lines.ToArray();
            var next = OpenFile(file =>
            {
                file.SetLength(0);
                file.Write(content, 0);
                file.FlushToDisk();
            }, isNew: true);
            try
            {
                // Once more: nobody has its lines any more, once it is closed.
                SetAside(hasDurableLines);
            }
            catch
            {
                Discard(next);
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

    /// <summary>Sees to it that the segment has a name of its own where it holds durable lines, whatever others did to its file.</summary>
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

    /// <summary>The segment takes no more lines: its file does not have its name any more.</summary>
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

    private IJournalFile OpenFile(Action<IJournalFile> prepare, bool isNew)
    {
        if (isNew) SegmentFolder.MakeRoom(_folder.Active);
        var file = _open(_folder.Active);
        try
        {
            prepare(file);
            _folder.FlushNames();
            // Before anything is acknowledged that is written to it.
            return file.IsAt(_folder.Active)
                ? file
                : throw new IOException($"'{_folder.Active}' was deleted, moved or replaced while it was opened");
        }
        catch
        {
            if (isNew) Discard(file);
            else file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Closes and deletes a segment that could not be begun, so that the next attempt does not take it for another
    /// program's.
    /// </summary>
    private void Discard(IJournalFile file)
    {
        using (file)
        {
            try
            {
                if (file.IsAt(_folder.Active)) File.Delete(_folder.Active);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What failed first goes up.
            }
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
