namespace Zotify.Logging.Queries;

/// <summary>
/// One subscriber of a log. It reads the log by itself until the end, and then gets the blocks of the shared tail. If it falls too far
/// behind, it reads by itself again, or gets blocks that other subscribers have just read. Each way goes on from the same cursor, so a
/// change between them neither loses nor repeats an entry. Used by one thread at a time.
/// </summary>
/// <param name="tail">The shared tail of the log.</param>
/// <param name="reader">A reader at the start; the subscriber owns it from now on.</param>
/// <param name="reopen">Opens a reader that goes on after a cursor.</param>
/// <param name="isWanted">Which items of the shared tail to give out; <see langword="null"/> for all.</param>
internal sealed class LogSubscriber<TEntry>(
    SharedTail<TEntry> tail,
    ILogReader<TEntry> reader,
    Func<string, ILogReader<TEntry>> reopen,
    Func<LogItem<TEntry>, bool>? isWanted) : IDisposable
{
    // The subscriber has either a slot of the tail or its own reader, which is opened when it is needed.
    private ILogReader<TEntry>? _reader = reader;
    private TailSlot<TEntry> _slot;
    private bool _isBehind;
    private bool _isAlone;

    /// <summary>The cursor after everything that was read.</summary>
    public string Cursor { get; private set; } = reader.Cursor;

    /// <summary>Whether the shared tail notifies it of new entries.</summary>
    public bool IsAtTail { get; private set; }

    // A reader with a filter skips most of a log without parsing it, so its blocks are useless to others.
    private bool SharesReads => _isBehind && !_isAlone && isWanted is null;

    /// <summary>Leaves the shared tail for good. The subscriber itself reads what the tail may not have read yet.</summary>
    /// <returns>False if it had left before.</returns>
    public bool LeaveTail()
    {
        if (_isAlone) return false;
        _isAlone = true;
        if (IsAtTail) tail.Leave(_slot);
        IsAtTail = false;
        return true;
    }

    /// <summary>
    /// Reads the next block, which has no items if nothing in it matches. Returns <see langword="null"/> at the end; call it again later.
    /// </summary>
    public async ValueTask<LogBlock<TEntry>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (IsAtTail)
            {
                if (tail.TryRead(ref _slot, out var shared)) return shared is null ? null : Select(shared);
                (IsAtTail, _isBehind) = (false, true);
            }

            if (SharesReads && tail.CatchUp.TryFind(Cursor, out var known))
            {
                CloseReader();
                return Select(known);
            }

            _reader ??= reopen(Cursor);
            if (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } own)
            {
                Cursor = own.End;
                if (SharesReads) tail.CatchUp.Add(own);
                return own;
            }

            if (_isAlone) return null;
            if (tail.Join(_reader, out var isOwned) is not { } slot) return null;
            _slot = slot;
            if (isOwned) _reader = null;
            CloseReader();
            (IsAtTail, _isBehind) = (true, false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsAtTail) tail.Leave(_slot);
        CloseReader();
    }

    private void CloseReader()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private LogBlock<TEntry> Select(LogBlock<TEntry> shared)
    {
        Cursor = shared.End;
        return isWanted is null ? shared : shared.Only([.. shared.Items.Where(isWanted)]);
    }
}
