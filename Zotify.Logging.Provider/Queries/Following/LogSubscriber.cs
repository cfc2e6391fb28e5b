namespace Zotify.Logging.Queries;

/// <summary>
/// One follower of a log: reads by itself until it is at the end, and then takes what the shared tail reads; when it lags too
/// far behind, it reads by itself again, or takes what others read who lag as far. Nothing is lost or doubled by the changes, because all
/// go on from the same position.
/// Used by one thread at a time.
/// </summary>
/// <param name="tail">The shared tail of the log.</param>
/// <param name="reader">Where to start, and then the follower's.</param>
/// <param name="reopen">Opens a reader that goes on after a position.</param>
/// <param name="isWanted">Which items of the shared tail to give out; <see langword="null"/> for all.</param>
internal sealed class LogSubscriber<TItem>(
    SharedTail<TItem> tail, ILogReader<TItem> reader, Func<string, ILogReader<TItem>> reopen, Func<TItem, bool>? isWanted) : IDisposable
    where TItem : IPositioned
{
    // At its place in the tail, or by a reader, which is opened when it is needed.
    private ILogReader<TItem>? _reader = reader;
    private TailSlot<TItem> _place;
    private bool _lags;
    private bool _isAlone;

    /// <summary>The position after everything that was read.</summary>
    public string Position { get; private set; } = reader.Position;

    /// <summary>Whether the shared tail tells it of what is new.</summary>
    public bool IsAtTail { get; private set; }

    // A reader that filters passes over most of a log without making anything of it: what it reads is nobody else's.
    private bool SharesReads => _lags && !_isAlone && isWanted is null;

    /// <summary>Leaves the shared tail for good: what the tail may not have read yet is read by the follower itself.</summary>
    /// <returns>False where it had left before.</returns>
    public bool LeaveTail()
    {
        if (_isAlone) return false;
        _isAlone = true;
        if (IsAtTail) tail.Leave(_place);
        IsAtTail = false;
        return true;
    }

    /// <summary>The next block, with no items where none of what was read matches; <see langword="null"/> at the end, where it can be asked again.</summary>
    public async ValueTask<LogBlock<TItem>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (IsAtTail)
            {
                if (tail.TryTake(ref _place, out var shared)) return shared is null ? null : Take(shared);
                (IsAtTail, _lags) = (false, true);
            }

            if (SharesReads && tail.Lagging.TryFind(Position, out var known))
            {
                CloseReader();
                return Take(known);
            }

            _reader ??= reopen(Position);
            if (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } own)
            {
                Position = own.End;
                if (SharesReads) tail.Lagging.Add(own);
                return own;
            }

            if (_isAlone) return null;
            if (tail.Join(_reader, out var isTaken) is not { } place) return null;
            _place = place;
            if (isTaken) _reader = null;
            CloseReader();
            (IsAtTail, _lags) = (true, false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsAtTail) tail.Leave(_place);
        CloseReader();
    }

    private void CloseReader()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private LogBlock<TItem> Take(LogBlock<TItem> shared)
    {
        Position = shared.End;
        return isWanted is null ? shared : shared.Only([.. shared.Items.Where(isWanted)]);
    }
}
