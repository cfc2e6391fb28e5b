using System.Runtime.CompilerServices;

namespace Zotify.Logging.Queries;

/// <summary>
/// Streams the system log from its files, which this process or another writes. New lines are read once for all subscribers at the end of
/// the log. A reader further back reads by itself, and its file stays readable even if it is deleted meanwhile. Thread-safe: each
/// enumeration has its own cursor, and nothing is queued for it.
/// </summary>
public sealed class SystemLogTail
{
    private readonly string _path;
    private readonly IReadYourWrites _readYourWrites;
    private readonly SharedTail<SystemLogEntry> _tail;
    private readonly LogSubscription<SystemLogEntry> _subscription;

    /// <param name="path">The absolute path of the active file.</param>
    /// <param name="time">The clock of polling and heartbeats.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal SystemLogTail(string path, TimeProvider time, IReadYourWrites readYourWrites)
    {
        _path = path;
        _readYourWrites = readYourWrites;
        _tail = new SharedTail<SystemLogEntry>(time);
        _subscription = new LogSubscription<SystemLogEntry>(_tail, time);
    }

    /// <summary>Reads the matching entries, oldest first. Goes on with new ones if <see cref="SystemLogQuery.Follow"/> is set.</summary>
    /// <remarks>
    /// <para>It waits up to 250 ms for what this process logged before. Neither the log nor its directory has to exist: a stream that
    /// follows waits for them. It ends when <see cref="SystemLogQuery.Until"/> has passed. If it follows, it gives out a
    /// <see cref="LogHeartbeat{TEntry}"/> after 15 seconds without an item. If lines were lost (the cursor's file was deleted, a file was
    /// truncated, or files were deleted before they were read), it gives out a <see cref="LogGap{TEntry}"/>.</para>
    /// <para>Only whole lines are read. An exception that is still being written may come in two entries: the second one has
    /// <see cref="SystemLogEntry.Exception"/> and no <see cref="SystemLogEntry.Timestamp"/>. It matches filters of text and time, but no
    /// filter of level, category or trace.</para>
    /// <para><see cref="SystemLogQuery.Before"/> excludes the entry that has this cursor, so the cursor of the oldest entry of a page gives
    /// the page before it. There is nothing before a cursor whose file was deleted.</para>
    /// </remarks>
    /// <exception cref="InvalidCursorException">A cursor of the query was not made by this class.</exception>
    /// <exception cref="ArgumentException">
    /// <see cref="SystemLogQuery.Tail"/> is negative, a filter has over 100 values or terms, or a term over 1,000 characters.
    /// </exception>
    public IAsyncEnumerable<LogItem<SystemLogEntry>> ReadAsync(SystemLogQuery query, CancellationToken cancellationToken) =>
        Items(ReadBlocksAsync(query, cancellationToken), cancellationToken);

    /// <summary>Reads the same in blocks, for a server of many clients: at the end of the log all of them get the same blocks.</summary>
    /// <inheritdoc cref="ReadAsync" path="/remarks"/>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    internal IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadBlocksAsync(SystemLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query.Tail));
        var (after, before) = (Cursor(query.After, nameof(query.After)), Cursor(query.Before, nameof(query.Before)));
        return ReadBlocksAsync(query, new SystemLogFilter(query), after, before, cancellationToken);
    }

    private static SystemLogCursor? Cursor(string? text, string property)
    {
        if (text is null) return null;
        return SystemLogCursor.TryParse(text, out var cursor) ? cursor : throw new InvalidCursorException(property);
    }

    private static async IAsyncEnumerable<LogItem<SystemLogEntry>> Items(
        IAsyncEnumerable<LogBlock<SystemLogEntry>> blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in block.Items) yield return item;
        }
    }

    private async IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadBlocksAsync(
        SystemLogQuery query,
        SystemLogFilter filter,
        SystemLogCursor? after,
        SystemLogCursor? before,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        if (Open(query, after, before, filter, cancellationToken) is not { } reader) yield break;
        if (query.Follow && before is null)
        {
            yield return LogSubscription<SystemLogEntry>.FirstBlock(reader.Cursor);
            Func<LogItem<SystemLogEntry>, bool>? isWanted = filter.IsEmpty ? null : filter.Matches;
            using var subscriber = new LogSubscriber<SystemLogEntry>(
                _tail, reader, cursor => Reopen(cursor, follow: true, filter, cancellationToken), isWanted);
            var blocks = _subscription.ReadAsync(subscriber, query.Until, cancellationToken);
            await foreach (var block in blocks.ConfigureAwait(false)) yield return block;
            // Read once more what was logged until then.
            await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            reader = Reopen(subscriber.Cursor, follow: false, filter, cancellationToken);
        }

        using var rest = reader;
        while (await rest.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            if (block.Items.Count > 0) yield return block;
            else await Task.Yield();
        }
    }

    private SystemLogBlockReader Reopen(string cursor, bool follow, SystemLogFilter filter, CancellationToken cancellationToken) =>
        Open(new SystemLogQuery { Follow = follow }, Cursor(cursor, nameof(cursor)), null, filter, cancellationToken)!;

    /// <summary>Opens a reader at the start of a query's range; <see langword="null"/> if the range is empty for good.</summary>
    private SystemLogBlockReader? Open(
        SystemLogQuery query, SystemLogCursor? after, SystemLogCursor? before, SystemLogFilter filter, CancellationToken cancellationToken)
    {
        var range = new SystemLogRangeFinder(new SystemLogFiles(_path), filter, cancellationToken);
        if (range.Open(query, after, before) is not { } reader) return null;
        var gap = range.IsAfterGone
            ? new LogGap<SystemLogEntry>(after.ToString()!, reader.Cursor.ToString()) { ToTime = reader.NextTime() }
            : null;
        return new SystemLogBlockReader(reader, filter, new SystemLogChangeDetector(_path)) { First = gap };
    }
}
