using System.Runtime.CompilerServices;

namespace Zotify.Logging.Queries;

/// <summary>
/// Streams the audit events of the database, whichever process writes them. The filters are those of the search. New events are read once
/// for all subscribers with the same filters. Thread-safe: each enumeration has a cursor of its own, and nothing is queued for it.
/// </summary>
internal sealed class AuditLogTail
{
    private readonly LiveDatabase _live;
    private readonly IReadYourWrites _readYourWrites;
    private readonly SharedTails<string, AuditEvent> _tails;

    /// <param name="live">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal AuditLogTail(LiveDatabase live, IReadYourWrites readYourWrites)
    {
        _live = live;
        _readYourWrites = readYourWrites;
        _tails = new SharedTails<string, AuditEvent>(live.Time, KeptBlocks.OfOneLog);
    }

    /// <summary>How many events are compared to find the last ones that match.</summary>
    internal int MostCompared { get; init; } = ScanBudget.UsualRows;

    /// <summary>
    /// Opens a stream of the events that match, in the order in which they were committed. It goes on with new events if
    /// <see cref="AuditStreamQuery.Follow"/> is set.
    /// </summary>
    /// <remarks>
    /// <para>It waits up to 250 ms for what this process logged before. The stream ends when <see cref="AuditQuery.To"/> has passed. If it
    /// follows, it gives out a <see cref="LogHeartbeat{TEntry}"/> after 15 seconds without an item. If retention has deleted events after
    /// the cursor that was handed in, it gives out a <see cref="LogGap{TEntry}"/>. Where the last events that match are rare, it stops
    /// looking for them, and gives out a <see cref="LogIncomplete{TEntry}"/> before what it found: its cursor goes on in a search. Where
    /// the database is behind at its end, it gives out a <see cref="LogBehind{TEntry}"/>. The first block is empty: from then on the stream
    /// has everything that is logged.</para>
    /// <para>While the database cannot be read, a stream that follows waits; one that does not follow throws a
    /// <see cref="DatabaseUnavailableException"/>.</para>
    /// </remarks>
    /// <exception cref="InvalidCursorException">The cursor was not made by a stream of this class.</exception>
    /// <exception cref="ArgumentException">
    /// The tail is negative, a filter has over 100 values or terms, or a term over 1,000 characters.
    /// </exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<IAsyncEnumerable<LogBlock<AuditEvent>>> OpenAsync(AuditStreamQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query.Tail));
        var after = query.After is { } cursor ? AuditStreamCursor.Decode(cursor) : null;
        AuditQueryLimits.Check(query.Filter);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var start = await _live.ReadAsync(
            (connection, cancellation) =>
                AuditResumePoint.FindAsync(connection, query, after, new ScanBudget(MostCompared), cancellation),
            cancellationToken).ConfigureAwait(false);
        return ReadAsync(query, start, behind, cancellationToken);
    }

    private async IAsyncEnumerable<LogBlock<AuditEvent>> ReadAsync(
        AuditStreamQuery query, AuditResumePoint start, long behind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = start.Cursor;
        // Before a gap its own start: a client that is cut right here is told of the gap when it comes back.
        yield return LogSubscription<AuditEvent>.FirstBlock(
            start.Gap?.From ?? AuditStreamCursor.Encode(cursor), query.Follow ? 0 : behind);
        if (start.Gap is { } gap) yield return new LogBlock<AuditEvent>(gap.From, gap.Cursor, [gap], 0);
        if (start.StoppedAt is { } stopped)
        {
            var here = AuditStreamCursor.Encode(cursor);
            var incomplete = new LogIncomplete<AuditEvent>(stopped.Encode(descending: true), here) { IsOfSearch = true };
            yield return new LogBlock<AuditEvent>(here, here, [incomplete], 0);
        }

        if (query.Follow)
        {
            await foreach (var block in FollowAsync(query.Filter, cursor, cancellationToken).ConfigureAwait(false))
            {
                cursor = AuditStreamCursor.Decode(block.End);
                yield return block;
            }

            // Read once more what was logged until then.
            behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }

        if (behind > 0) yield return LogSubscription<AuditEvent>.BehindBlock(AuditStreamCursor.Encode(cursor), behind);
        using var rest = new AuditBlockReader(_live, query.Filter, cursor, follows: false);
        var last = LogSubscription<AuditEvent>.ReadToEndAsync(rest, cancellationToken);
        await foreach (var block in last.ConfigureAwait(false)) yield return block;
    }

    private async IAsyncEnumerable<LogBlock<AuditEvent>> FollowAsync(
        AuditQuery filter, JournalsCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Times are not part of the key: they usually belong to one request, and are soon over.
        var key = AuditQueryJson.Of(filter with { From = null, To = null, Limit = 1, Cursor = null, Descending = false });
        var tail = _tails.Enter(key);
        try
        {
            AuditBlockReader Open(JournalsCursor from) => new(_live, filter, from, follows: true);
            Func<LogItem<AuditEvent>, bool>? isWanted = filter.From is null && filter.To is null ? null : item => IsInTime(filter, item);
            using var subscriber = new LogSubscriber<AuditEvent>(
                tail, Open(cursor), after => Open(AuditStreamCursor.Decode(after)), isWanted);
            var subscription = new LogSubscription<AuditEvent>(tail, _live.Time);
            var blocks = subscription.ReadAsync(subscriber, filter.To, cancellationToken);
            await foreach (var block in blocks.ConfigureAwait(false)) yield return block;
        }
        finally
        {
            _tails.Leave(key);
        }
    }

    private static bool IsInTime(AuditQuery filter, LogItem<AuditEvent> item) =>
        item is not AuditLogRecord { Event.Timestamp: var time }
        || (!(time < filter.From?.UtcDateTime) && !(time >= filter.To?.UtcDateTime));
}
