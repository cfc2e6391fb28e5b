namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a log of the database a page at a time, and gives it out in blocks. If it follows, a database that is away looks like the end of
/// the log: the caller reads again later, and the reader goes on where it was. Used by one thread at a time.
/// </summary>
/// <param name="cursor">Where to start.</param>
/// <param name="follows">Whether to wait for a database that is away.</param>
internal abstract class LiveReader<TEntry>(string cursor, bool follows) : ILogReader<TEntry>
{
    /// <summary>The most rows of one query.</summary>
    protected const int RowsAtOnce = 100;

    /// <summary>The most bytes of a block, not counting its last item. Small, because a slow client holds a block of its own.</summary>
    private const int MaxSize = 16 * 1024;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private LogPoll<TEntry> _poll = new([], cursor, More: true);
    private int _given;
    private TableSubscription? _subscription;
    private bool _isAway;

    /// <inheritdoc/>
    public string Cursor { get; private set; } = cursor;

    /// <inheritdoc/>
    public async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        // A poll that failed used up its notification: nobody repeats it.
        if (_isAway) await Task.Delay(RetryInterval, time, cancellationToken).ConfigureAwait(false);
        else await _subscription!.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    // The subscription has answered that already.
    public bool MayHaveMore() => true;

    /// <inheritdoc/>
    public async ValueTask<LogBlock<TEntry>?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_given == _poll.Items.Count)
        {
            // At the end, unless it was notified since. The next call polls in any case.
            if (!_poll.More && _subscription?.IsSet is not true)
            {
                _poll = _poll with { More = true };
                return null;
            }

            if (!await TryPollAsync(cancellationToken).ConfigureAwait(false)) return null;
            if (_poll.Items.Count == 0 && _poll.End == Cursor && !_poll.More)
            {
                _poll = _poll with { More = true };
                return null;
            }
        }

        return NextBlock();
    }

    /// <inheritdoc/>
    public void RemoveFilter()
    {
        RemoveTimeFilter();
        // Set from the start: what was committed since the last poll is read.
        _subscription = Subscribe();
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription?.Dispose();

    /// <summary>Drops the times, the one filter that subscribers of a shared tail need not have in common.</summary>
    protected abstract void RemoveTimeFilter();

    /// <summary>Subscribes to what may be new in this log.</summary>
    protected abstract TableSubscription Subscribe();

    /// <summary>Polls on from the end of the last poll.</summary>
    protected abstract Task<LogPoll<TEntry>> PollAsync(CancellationToken cancellationToken);

    private async ValueTask<bool> TryPollAsync(CancellationToken cancellationToken)
    {
        _subscription?.Reset();
        try
        {
            (_poll, _given) = (await PollAsync(cancellationToken).ConfigureAwait(false), 0);
            _isAway = false;
            return true;
        }
        catch (DatabaseUnavailableException) when (follows)
        {
            _isAway = true;
            return false;
        }
    }

    private LogBlock<TEntry> NextBlock()
    {
        var (start, size) = (Cursor, 0);
        var items = new List<LogItem<TEntry>>();
        while (_given < _poll.Items.Count && size < MaxSize)
        {
            var (item, itemSize) = _poll.Items[_given++];
            items.Add(item);
            size += itemSize;
        }

        Cursor = _given < _poll.Items.Count ? items[^1].Cursor : _poll.End;
        return new LogBlock<TEntry>(start, Cursor, items, size);
    }
}
