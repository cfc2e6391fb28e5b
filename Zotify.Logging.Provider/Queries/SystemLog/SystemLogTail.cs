using System.Runtime.CompilerServices;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads and follows the system log by its files, in this process or another. Thread-safe: each enumeration has a place
/// of its own, and nothing is queued for it. New lines are read once for all who follow the end; a reader that is further
/// back reads by itself, and the file it is in stays readable even when it is deleted meanwhile.
/// </summary>
public sealed class SystemLogTail
{
    private readonly string _path;
    private readonly IReadYourWrites _readYourWrites;
    private readonly SharedTail<SystemLogItem> _tail;
    private readonly LogSubscription<SystemLogItem> _following;

    /// <param name="path">The absolute path of the active file.</param>
    /// <param name="time">The clock of polling and heartbeats.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal SystemLogTail(string path, TimeProvider time, IReadYourWrites readYourWrites)
    {
        _path = path;
        _readYourWrites = readYourWrites;
        _tail = new SharedTail<SystemLogItem>(time);
        _following = new LogSubscription<SystemLogItem>(_tail, time, position => new SystemLogHeartbeat(position));
    }

    /// <summary>Reads the entries that match, oldest first, and goes on with new ones while <see cref="SystemLogQuery.Follow"/> is set.</summary>
    /// <remarks>
    /// <para>It waits up to 250 ms for what this process logged before. Neither the log nor its directory has to exist: a follower waits for
    /// them. It ends when
    /// <see cref="SystemLogQuery.Until"/> has passed. After 15 seconds without an item it gives a
    /// <see cref="SystemLogHeartbeat"/>. Where lines were lost, because the position to go on after is gone, a file was
    /// truncated, or files were deleted before they were read, a <see cref="SystemLogGap"/> says from where to where.</para>
    /// <para>Only whole lines are read. An exception that is still being written may come in two entries: the second one has
    /// <see cref="SystemLogEntry.Exception"/> and no <see cref="SystemLogEntry.Timestamp"/>. It passes filters of text and
    /// time, but none of level, category or trace.</para>
    /// <para><see cref="SystemLogQuery.Before"/> leaves out the entry that has this position, so that the position of the
    /// oldest entry shown gives the page before it. A place that is gone has nothing before it.</para>
    /// </remarks>
    /// <exception cref="InvalidCursorException">A position of the query was not made by this class.</exception>
    /// <exception cref="ArgumentException"><see cref="SystemLogQuery.Tail"/> is negative, there are over 100 values or words of a filter, or a word of over 1,000 characters.</exception>
    public IAsyncEnumerable<SystemLogItem> ReadAsync(SystemLogQuery query, CancellationToken cancellationToken) =>
        Items(ReadBlocksAsync(query, cancellationToken), cancellationToken);

    /// <summary>Reads the same in blocks, for whoever serves many followers: at the end of the log they all get the same blocks.</summary>
    /// <inheritdoc cref="ReadAsync" path="/remarks"/>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public IAsyncEnumerable<LogBlock<SystemLogItem>> ReadBlocksAsync(SystemLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query));
        return ReadBlocksAsync(query, new SystemLogFilter(query), Position(query.After, "after"), Position(query.Before, "before"), cancellationToken);
    }

    private static SystemLogCursor? Position(string? text, string parameter)
    {
        if (text is null) return null;
        return SystemLogCursor.TryParse(text, out var position) ? position : throw new InvalidCursorException(parameter);
    }

    private static async IAsyncEnumerable<SystemLogItem> Items(
        IAsyncEnumerable<LogBlock<SystemLogItem>> blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in block.Items) yield return item;
        }
    }

    private async IAsyncEnumerable<LogBlock<SystemLogItem>> ReadBlocksAsync(
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
            yield return LogSubscription<SystemLogItem>.Begun(reader.Position);
            using var follower = new LogSubscriber<SystemLogItem>(
                _tail, reader, place => Reopen(place, follow: true, filter, cancellationToken), filter.IsEmpty ? null : filter.Matches);
            await foreach (var block in _following.ReadAsync(follower, query.Until, cancellationToken).ConfigureAwait(false)) yield return block;
            // Once more, for what was logged until then.
            await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            reader = Reopen(follower.Position, follow: false, filter, cancellationToken);
        }

        using var rest = reader;
        while (await rest.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            if (block.Items.Count > 0) yield return block;
            else await Task.Yield();
        }
    }

    private SystemLogBlockReader Reopen(string position, bool follow, SystemLogFilter filter, CancellationToken cancellationToken) =>
        Open(new SystemLogQuery { Follow = follow }, Position(position, nameof(position)), null, filter, cancellationToken)!;

    /// <summary>Opens a reader where a query begins; <see langword="null"/> where nothing can be in its range.</summary>
    private SystemLogBlockReader? Open(
        SystemLogQuery query, SystemLogCursor? after, SystemLogCursor? before, SystemLogFilter filter, CancellationToken cancellationToken)
    {
        var start = new SystemLogRangeFinder(new SystemLogFiles(_path), filter, cancellationToken);
        if (start.Open(query, after, before) is not { } reader) return null;
        var gap = start.IsAfterGone ? new SystemLogGap(after.ToString()!, reader.Position.ToString()) { ToTime = reader.NextTime() } : null;
        return new SystemLogBlockReader(reader, filter, new SystemLogChangeDetector(_path)) { First = gap };
    }
}
