namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a log of the database a page at a time, and gives it out in blocks. Where it follows, a database that is away is an
/// end where it can be asked again: nothing is lost by that, for it goes on from where it was. Used by one thread at a time.
/// </summary>
/// <param name="position">Where to start.</param>
/// <param name="follows">Whether to wait for a database that is away.</param>
internal abstract class LiveReader<TItem>(string position, bool follows) : ILogReader<TItem>
    where TItem : IPositioned
{
    /// <summary>The most rows that are read at once.</summary>
    protected const int RowsAtOnce = 100;

    /// <summary>How much a block holds, in bytes, but for its last item: small, because a slow client has one of its own.</summary>
    private const int MaxSize = 16 * 1024;

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private LogPoll<TItem> _pass = new([], position, More: true);
    private int _given;
    private TableSubscription? _signal;
    private bool _isAway;

    /// <inheritdoc/>
    public string Position { get; private set; } = position;

    /// <inheritdoc/>
    public async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        // What it was told of before it failed, nobody tells again.
        if (_isAway) await Task.Delay(RetryEvery, time, cancellationToken).ConfigureAwait(false);
        else await _signal!.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    // The signal was the question.
    public bool MayHaveMore() => true;

    /// <inheritdoc/>
    public async ValueTask<LogBlock<TItem>?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_given == _pass.Items.Count)
        {
            // At the end, but for what somebody told of since; and whoever asks again after that, asks for a new look.
            if (!_pass.More && _signal?.IsSet is not true)
            {
                _pass = _pass with { More = true };
                return null;
            }

            if (!await TryPassAsync(cancellationToken).ConfigureAwait(false)) return null;
            if (_pass.Items.Count == 0 && _pass.End == Position && !_pass.More)
            {
                _pass = _pass with { More = true };
                return null;
            }
        }

        return Block();
    }

    /// <inheritdoc/>
    public void ReadAll()
    {
        Widen();
        // Set from the start: what was committed since the last look is looked for.
        _signal = NewSignal();
    }

    /// <inheritdoc/>
    public void Dispose() => _signal?.Dispose();

    /// <summary>Drops what only its first reader wanted.</summary>
    protected abstract void Widen();

    /// <summary>A signal of what may be new for this log.</summary>
    protected abstract TableSubscription NewSignal();

    /// <summary>Looks on from the end of the last look.</summary>
    protected abstract Task<LogPoll<TItem>> PassAsync(CancellationToken cancellationToken);

    private async ValueTask<bool> TryPassAsync(CancellationToken cancellationToken)
    {
        _signal?.Reset();
        try
        {
            (_pass, _given) = (await PassAsync(cancellationToken).ConfigureAwait(false), 0);
            _isAway = false;
            return true;
        }
        catch (DatabaseUnavailableException) when (follows)
        {
            _isAway = true;
            return false;
        }
    }

    private LogBlock<TItem> Block()
    {
        var (start, size) = (Position, 0);
        var items = new List<TItem>();
        while (_given < _pass.Items.Count && size < MaxSize)
        {
            var (item, itemSize) = _pass.Items[_given++];
            items.Add(item);
            size += itemSize;
        }

        Position = _given < _pass.Items.Count ? items[^1].Position : _pass.End;
        return new LogBlock<TItem>(start, Position, items, size);
    }
}
