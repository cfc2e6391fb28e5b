namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a log of the database a page at a time, and gives it out in blocks. If it follows, a database that is down looks like the end of
/// the log: the caller reads again later, and the reader goes on from the same cursor. Used by one thread at a time.
/// </summary>
/// <param name="cursor">The cursor to start from.</param>
/// <param name="follows">Whether to wait for a database that is down.</param>
internal abstract class LiveReader<TEntry>(string cursor, bool follows) : ILogReader<TEntry>
{
    /// <summary>The most rows in one query.</summary>
    protected const int RowsAtOnce = 100;

    /// <summary>The most bytes in a block, not counting its last item. Small, because each slow client holds its own block.</summary>
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
        // A failed poll has used up its notification, and no other follows.
        if (_isAway) await Task.Delay(RetryInterval, time, cancellationToken).ConfigureAwait(false);
        else await _subscription!.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    // The subscription has already checked that.
    public bool MayHaveMore() => true;

    /// <inheritdoc/>
    public async ValueTask<LogBlock<TEntry>?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_given == _poll.Items.Count)
        {
            // At the end, unless a notification arrived since. The next call polls in any case.
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
        // Set from the start, so that rows committed since the last poll are read.
        _subscription = Subscribe();
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription?.Dispose();

    /// <summary>Removes the filter by time, the only one that the subscribers of a shared tail may not have in common.</summary>
    protected abstract void RemoveTimeFilter();

    /// <summary>Subscribes to commits that may concern this log.</summary>
    protected abstract TableSubscription Subscribe();

    /// <summary>Polls for the rows after the last poll.</summary>
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
