using System.Runtime.CompilerServices;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>
/// Reads and follows the system log by its files, in this process or another. Thread-safe: each enumeration has a place
/// of its own, and nothing is queued for it. A slow reader only lags; the file it is in stays readable even when it is
/// deleted meanwhile.
/// </summary>
public sealed class SystemLogTail
{
    /// <summary>How often a follower looks for new lines.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    private readonly string _path;
    private readonly TimeProvider _time;

    /// <param name="path">The absolute path of the active file.</param>
    /// <param name="time">The clock of polling and heartbeats.</param>
    internal SystemLogTail(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
    }

    /// <summary>Reads the entries that match, oldest first, and goes on with new ones while <see cref="SystemLogQuery.Follow"/> is set.</summary>
    /// <remarks>
    /// <para>Neither the log nor its directory has to exist: a follower waits for them. It ends when
    /// <see cref="SystemLogQuery.Until"/> has passed. After 15 seconds without an item it gives a
    /// <see cref="SystemLogHeartbeat"/>. Where lines were lost, because the position to go on after is gone, a file was
    /// truncated, or files were deleted before they were read, a <see cref="SystemLogGap"/> says so.</para>
    /// <para>Only whole lines are read. An exception that is still being written may come in two entries: the second one has
    /// <see cref="SystemLogEntry.Exception"/> and no <see cref="SystemLogEntry.Timestamp"/>. It passes filters of text and
    /// time, but none of level, category or trace.</para>
    /// <para><see cref="SystemLogQuery.Before"/> leaves out the entry that has this position, so that the position of the
    /// oldest entry shown gives the page before it. A place that is gone has nothing before it.</para>
    /// </remarks>
    /// <exception cref="InvalidPositionException">A position of the query was not made by this class.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="SystemLogQuery.Tail"/> is negative.</exception>
    public IAsyncEnumerable<SystemLogItem> ReadAsync(SystemLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query));
        return ReadAsync(query, Position(query.After, "after"), Position(query.Before, "before"), cancellationToken);
    }

    private static SystemLogPosition? Position(string? text, string parameter)
    {
        if (text is null) return null;
        return SystemLogPosition.TryParse(text, out var position) ? position : throw new InvalidPositionException(parameter);
    }

    private async IAsyncEnumerable<SystemLogItem> ReadAsync(
        SystemLogQuery query, SystemLogPosition? after, SystemLogPosition? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new SystemLogFilter(query);
        var start = new SystemLogStart(new SystemLogFiles(_path), filter, cancellationToken);
        using var reader = start.Open(query, after, before);
        if (reader is null) yield break;
        if (start.IsAfterGone) yield return new SystemLogGap(reader.Position.ToString());
        var watch = new SystemLogWatch(_path);
        var lastItem = _time.GetTimestamp();
        while (true)
        {
            // Asked before reading, so that everything logged until then is still read.
            var isLast = !query.Follow || before is not null || _time.GetUtcNow() >= query.Until;
            var mayHaveMore = isLast || watch.MayHaveChanged();
            while (mayHaveMore && reader.TryRead(out var entry))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.AfterGap)
                {
                    yield return new SystemLogGap(entry.Start.ToString());
                    lastItem = _time.GetTimestamp();
                }

                if (filter.IsOutside(entry.Bytes.Span)) continue;
                var parsed = SystemLineParser.Parse(SystemLineParser.Decode(entry.Bytes.Span), entry.End.ToString());
                if (!filter.Matches(parsed)) continue;
                yield return parsed;
                lastItem = _time.GetTimestamp();
            }

            if (isLast)
            {
                if (reader.IsBeforeGap) yield return new SystemLogGap(reader.Position.ToString());
                yield break;
            }

            if (_time.GetElapsedTime(lastItem) >= HeartbeatInterval)
            {
                yield return new SystemLogHeartbeat(reader.Position.ToString());
                lastItem = _time.GetTimestamp();
            }

            await Task.Delay(PollInterval, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
