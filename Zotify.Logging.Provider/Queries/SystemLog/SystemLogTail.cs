using System.Runtime.CompilerServices;

namespace Zotify.Logging.Queries;

/// <summary>
/// Streams the system log from its files, which this process or another writes. New lines are read once for all subscribers at the end of
/// the log. A reader further back reads by itself, and its file stays readable even if it is deleted meanwhile. Thread-safe: each
/// enumeration has its own cursor, and nothing is queued for it.
/// </summary>
public sealed class SystemLogTail
{
    private static readonly TimeSpan RelayedHeartbeat = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly SystemLogFiles _files;
    private readonly TimeProvider _time;
    private readonly IReadYourWrites _readYourWrites;
    private readonly SharedTail<SystemLogEntry> _tail;
    private readonly LogSubscription<SystemLogEntry> _subscription;

    /// <param name="path">The absolute path of the active file.</param>
    /// <param name="time">The clock of polling and heartbeats.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    /// <param name="kept">How much is kept for subscribers that are behind; by default, what one log may have.</param>
    internal SystemLogTail(string path, TimeProvider time, IReadYourWrites readYourWrites, KeptBlocks? kept = null)
    {
        (_path, _files) = (path, new SystemLogFiles(path));
        _time = time;
        _readYourWrites = readYourWrites;
        _tail = new SharedTail<SystemLogEntry>(time, kept);
        _subscription = new LogSubscription<SystemLogEntry>(_tail, time);
    }

    /// <summary>The writer of entries that name none, that is of text. It is asked for each query.</summary>
    internal Func<string?> Instance { get; init; } = () => null;

    /// <summary>How many bytes are searched for the last entries that match: a second's work on a slow machine.</summary>
    internal long MostSearched { get; init; } = 128L * 1024 * 1024;

    /// <summary>Reads the entries that match, oldest first. Goes on with new ones if <see cref="SystemLogQuery.Follow"/> is set.</summary>
    /// <remarks>
    /// <para>It waits up to 250 ms for what this process logged before. Neither the log nor its directory has to exist: a stream that
    /// follows waits for them. It ends when <see cref="SystemLogQuery.Until"/> has passed. If it follows, it gives out a
    /// <see cref="LogHeartbeat{TEntry}"/> after 15 seconds without an item. If lines were lost (the cursor's file was deleted, a file was
    /// truncated, or files were deleted before they were read), it gives out a <see cref="LogGap{TEntry}"/>. Where the last entries that
    /// match are rare, it searches the newest 128 MiB for them and then gives out a <see cref="LogIncomplete{TEntry}"/> before what it
    /// found. Where lines of before the query are not written yet at its end, it gives out a <see cref="LogBehind{TEntry}"/>.</para>
    /// <para>Only whole lines are read. An exception that is still being written may come in two entries: the second one has
    /// <see cref="SystemLogEntry.Exception"/> and no <see cref="SystemLogEntry.Timestamp"/>. It matches filters of text, time and instance,
    /// but no filter of level, category, trace or job.</para>
    /// <para>With <see cref="SystemLogQuery.Since"/>, reading begins with the first file that has a line of that time or later. Text in the
    /// files before it, which has no time of its own, is not given out.</para>
    /// <para><see cref="SystemLogQuery.Before"/> excludes the entry that has this cursor, so the cursor of the oldest entry of a page gives
    /// the page before it. There is nothing before a cursor whose file was deleted.</para>
    /// </remarks>
    /// <exception cref="InvalidCursorException">A cursor of the query was not made by this class.</exception>
    /// <exception cref="ArgumentException">
    /// <see cref="SystemLogQuery.Tail"/> is negative, a filter has over 100 values or terms, or a term over 1,000 characters.
    /// </exception>
    public IAsyncEnumerable<LogItem<SystemLogEntry>> ReadAsync(SystemLogQuery query, CancellationToken cancellationToken = default) =>
        Items(ReadBlocksAsync(query, cancellationToken), cancellationToken);

    /// <summary>Reads the same in blocks, for a server of many clients: at the end of the log all of them get the same blocks.</summary>
    /// <inheritdoc cref="ReadAsync" path="/remarks"/>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    internal IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadBlocksAsync(SystemLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query.Tail));
        var after = Cursor(query.After, nameof(query.After));
        var before = Cursor(query.Before, nameof(query.Before)) ?? Cursor(query.Through, nameof(query.Through));
        return ReadBlocksAsync(query, new SystemLogFilter(query, Instance()), after, before, cancellationToken);
    }

    /// <summary>
    /// Counts the entries that match by time and level, the newest first, in up to 128 MiB of the log. It waits up to 250 ms for what this
    /// process logged before. Text that is not a line of the system log is not counted.
    /// </summary>
    /// <param name="query">Which entries; what it says of following, tail and cursors is ignored.</param>
    /// <param name="interval">The length of a bucket, whole minutes; <see langword="null"/> for about 100 buckets at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">
    /// There would be over 1,000 buckets, a filter has over 100 values, or the terms are malformed.
    /// </exception>
    internal async Task<SystemLogHistogram> CountAsync(SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (from, to) = (query.Since?.UtcDateTime, query.Until?.UtcDateTime);
        if (from is { } first && to is { } end && interval is { } given) TimeBuckets.Check(first, end, given);
        using var counter = new SystemLogCounter(_files, query, Instance(), MostSearched);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        while (!counter.Run(cancellationToken)) await Task.Yield();
        // What was read may have no times at all. Then nothing is known of any time.
        DateTime? stoppedAt = counter.HasStopped ? counter.ReadTo ?? to ?? _time.GetUtcNow().UtcDateTime : null;
        return SystemLogHistogram.Of(counter.Minutes, from, to, interval, stoppedAt) with { Behind = behind };
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
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var follows = query.Follow && before is null;
        // What is missing is newer than a cursor.
        if (before is not null) behind = 0;
        var missing = follows ? 0 : behind;
        if (Find(query, after, before, filter) is not { } range) yield break;
        if (range.Scan is { } scan)
        {
            var isFound = false;
            try
            {
                // The scan may take a while. Its end stands already, so the answer may begin.
                yield return LogSubscription<SystemLogEntry>.Opened(missing);
                while (!scan.Run(cancellationToken)) await Task.Yield();
                isFound = true;
            }
            finally
            {
                if (!isFound) range.Close();
            }
        }

        var reader = Open(range, after, filter);
        var start = reader.First?.From ?? reader.Cursor;
        yield return LogSubscription<SystemLogEntry>.FirstBlock(start, missing);
        if (range.Scan?.GaveUpAt is { } gaveUp)
            yield return new LogBlock<SystemLogEntry>(start, start, [new LogIncomplete<SystemLogEntry>(gaveUp.ToString(), start)], 0);
        if (follows)
        {
            Func<LogItem<SystemLogEntry>, bool>? isWanted = filter.IsEmpty ? null : filter.Matches;
            using var subscriber = new LogSubscriber<SystemLogEntry>(
                _tail, reader, cursor => Reopen(cursor, follow: true, filter), isWanted);
            var blocks = _subscription.ReadAsync(subscriber, query.Until, query.IsRelayed ? RelayedHeartbeat : null, cancellationToken);
            await foreach (var block in blocks.ConfigureAwait(false)) yield return block;
            // Read once more what was logged until then.
            behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            reader = Reopen(subscriber.Cursor, follow: false, filter);
        }

        using var rest = reader;
        // Who merges it with other logs has no place for it.
        if (behind > 0 && !query.IsRelayed)
            yield return LogSubscription<SystemLogEntry>.BehindBlock(rest.First?.From ?? rest.Cursor, behind);
        var last = LogSubscription<SystemLogEntry>.ReadToEndAsync(rest, cancellationToken);
        await foreach (var block in last.ConfigureAwait(false)) yield return block;
        if (query.IsRelayed) yield return LogSubscription<SystemLogEntry>.FirstBlock(rest.Cursor);
    }

    private SystemLogBlockReader Reopen(string cursor, bool follow, SystemLogFilter filter)
    {
        var after = Cursor(cursor, nameof(cursor));
        return Open(Find(new SystemLogQuery { Follow = follow }, after, null, filter)!, after, filter);
    }

    /// <summary>Finds where a query begins and ends; <see langword="null"/> if nothing can be in its range.</summary>
    private SystemLogRange? Find(SystemLogQuery query, SystemLogCursor? after, SystemLogCursor? before, SystemLogFilter filter) =>
        new SystemLogRangeFinder(_files, filter, MostSearched).Find(query, after, before);

    private SystemLogBlockReader Open(SystemLogRange range, SystemLogCursor? after, SystemLogFilter filter)
    {
        var reader = range.Open();
        var gap = range.IsAfterGone
            ? new LogGap<SystemLogEntry>(after.ToString()!, reader.Cursor.ToString()) { ToTime = reader.NextTime() }
            : null;
        return new SystemLogBlockReader(reader, filter, new SystemLogChangeDetector(_path), filter.Instance) { First = gap };
    }
}
