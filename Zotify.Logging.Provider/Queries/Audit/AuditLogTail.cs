using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads and follows the audit events by the database, whoever writes to it. Thread-safe: each enumeration has a place of its
/// own, and nothing is queued for it. New events are read once for all who follow with the same filters, which are those of the
/// search and mean the same.
/// </summary>
public sealed class AuditLogTail
{
    private readonly LiveDatabase _live;
    private readonly IReadYourWrites _readYourWrites;
    private readonly SharedTails<string, AuditLogItem> _tails;

    /// <param name="live">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal AuditLogTail(LiveDatabase live, IReadYourWrites readYourWrites)
    {
        _live = live;
        _readYourWrites = readYourWrites;
        _tails = new SharedTails<string, AuditLogItem>(live.Time, KeptBlocks.OfOneLog);
    }

    /// <summary>Opens a stream of the events that match, in the order in which they were committed, which goes on with new ones while <see cref="AuditStreamQuery.Follow"/> is set.</summary>
    /// <remarks>
    /// <para>It waits up to 250 ms for what this process logged before. The stream ends when <see cref="AuditQuery.To"/> has passed. After 15 seconds
    /// without an item a follower gets an <see cref="AuditLogHeartbeat"/>. Where retention has deleted events after the position to go on after, an
    /// <see cref="AuditLogGap"/> says from where to where. The first block is empty: the stream has its place.</para>
    /// <para>While the database cannot be read, a follower waits. A stream that does not follow throws a <see cref="DatabaseUnavailableException"/>.</para>
    /// </remarks>
    /// <exception cref="InvalidCursorException">The position was not made by a stream of this class.</exception>
    /// <exception cref="ArgumentException">The tail is negative, a filter has over 100 values or words, or a word over 1,000 characters.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<IAsyncEnumerable<LogBlock<AuditLogItem>>> OpenAsync(AuditStreamQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, "tail");
        var after = query.After is { } position ? AuditStreamCursor.Decode(position) : null;
        // Refuses what cannot be asked before anything is answered.
        _ = AuditStreamSearch.All(query.Filter, _live.Database.Dialect);
        await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var start = await _live.ReadAsync(
            (connection, cancellation) => AuditResumePoint.FindAsync(connection, query, after, cancellation), cancellationToken).ConfigureAwait(false);
        return ReadAsync(query, start, cancellationToken);
    }

    private async IAsyncEnumerable<LogBlock<AuditLogItem>> ReadAsync(
        AuditStreamQuery query, AuditResumePoint start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = start.Place;
        yield return LogSubscription<AuditLogItem>.Begun(AuditStreamCursor.Encode(place));
        if (start.Gap is { } gap) yield return new LogBlock<AuditLogItem>(gap.From, gap.Position, [gap], 0);
        if (query.Follow)
        {
            await foreach (var block in FollowAsync(query.Filter, place, cancellationToken).ConfigureAwait(false))
            {
                place = AuditStreamCursor.Decode(block.End);
                yield return block;
            }

            // Once more, for what was logged until then.
            await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }

        using var rest = new AuditBlockReader(_live, query.Filter, place, follows: false);
        while (await rest.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            if (block.Items.Count > 0) yield return block;
            else await Task.Yield();
        }
    }

    private async IAsyncEnumerable<LogBlock<AuditLogItem>> FollowAsync(
        AuditQuery filter, JournalsCursor place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Times are mostly of one request alone, and soon behind: they part no followers.
        var key = JsonSerializer.Serialize(filter with { From = null, To = null, Limit = 1, Cursor = null, Descending = false });
        var tail = _tails.Enter(key);
        try
        {
            AuditBlockReader Open(JournalsCursor from) => new(_live, filter, from, follows: true);
            using var follower = new LogSubscriber<AuditLogItem>(
                tail, Open(place), position => Open(AuditStreamCursor.Decode(position)), filter.From is null && filter.To is null ? null : item => IsInTime(filter, item));
            var following = new LogSubscription<AuditLogItem>(tail, _live.Time, position => new AuditLogHeartbeat(position));
            await foreach (var block in following.ReadAsync(follower, filter.To, cancellationToken).ConfigureAwait(false)) yield return block;
        }
        finally
        {
            _tails.Leave(key);
        }
    }

    private static bool IsInTime(AuditQuery filter, AuditLogItem item) =>
        item is not AuditLogRecord { Event.Timestamp: var time } || (!(time < filter.From?.UtcDateTime) && !(time >= filter.To?.UtcDateTime));
}
