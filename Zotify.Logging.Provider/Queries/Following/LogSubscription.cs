using System.Runtime.CompilerServices;

namespace Zotify.Logging.Queries;

/// <summary>
/// Gives out a log as it grows, and a heartbeat after every 15 seconds without an item. Thread-safe: each enumeration has its own
/// subscriber.
/// </summary>
/// <param name="tail">The shared tail of the log.</param>
/// <param name="time">The clock of heartbeats and of <c>until</c>.</param>
internal sealed class LogSubscription<TEntry>(SharedTail<TEntry> tail, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>How often a subscriber reads that is not at the shared tail, because nobody notifies it.</summary>
    private static readonly TimeSpan AloneInterval = TimeSpan.FromSeconds(1);

    /// <summary>The first block of a stream whose cursor is still searched for: from here on, it has everything that is logged.</summary>
    public static LogBlock<TEntry> Opened(long behind) => new("", "", [], 0) { Behind = behind };

    /// <summary>The empty block before all items: the stream has its cursor, even if there is nothing to read.</summary>
    public static LogBlock<TEntry> FirstBlock(string cursor, long behind = 0) => new(cursor, cursor, [], 0) { Behind = behind };

    /// <summary>The block that reports how many records are missing, before what the log has of them.</summary>
    public static LogBlock<TEntry> BehindBlock(string cursor, long behind) =>
        new(cursor, cursor, [new LogBehind<TEntry>(behind, cursor)], 0);

    /// <summary>Gives out the blocks with items up to the end of the log.</summary>
    public static async IAsyncEnumerable<LogBlock<TEntry>> ReadToEndAsync(
        ILogReader<TEntry> reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            if (block.Items.Count > 0) yield return block;
            else await Task.Yield();
        }
    }

    /// <summary>Gives out blocks with items as they arrive, until a time has passed.</summary>
    public IAsyncEnumerable<LogBlock<TEntry>> ReadAsync(
        LogSubscriber<TEntry> subscriber, DateTimeOffset? until, CancellationToken cancellationToken) =>
        ReadAsync(subscriber, until, null, cancellationToken);

    /// <summary>The same with another time between heartbeats than 15 seconds.</summary>
    public async IAsyncEnumerable<LogBlock<TEntry>> ReadAsync(
        LogSubscriber<TEntry> subscriber,
        DateTimeOffset? until,
        TimeSpan? heartbeat,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var interval = heartbeat ?? HeartbeatInterval;
        var lastItem = time.GetTimestamp();
        while (true)
        {
            // Get the task before the read: an entry that arrives meanwhile completes it.
            var changed = tail.Changed;
            var block = await subscriber.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (block is { Items.Count: > 0 })
            {
                yield return block;
                lastItem = time.GetTimestamp();
                continue;
            }

            if (block is null && time.GetUtcNow() >= until)
            {
                // The shared tail may not have read the entries of the last moment.
                if (subscriber.LeaveTail()) continue;
                yield break;
            }

            if (time.GetElapsedTime(lastItem) >= interval)
            {
                yield return new LogBlock<TEntry>(subscriber.Cursor, subscriber.Cursor, [new LogHeartbeat<TEntry>(subscriber.Cursor)], 0);
                lastItem = time.GetTimestamp();
            }

            if (block is not null)
            {
                // Much was read without a match: let the server do other work, and send what it has.
                await Task.Yield();
                continue;
            }

            var untilHeartbeat = interval - time.GetElapsedTime(lastItem);
            var longest = !subscriber.IsAtTail && untilHeartbeat > AloneInterval ? AloneInterval : untilHeartbeat;
            await WaitAsync(changed, longest, until, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until entries may have been added, a heartbeat is due, or <paramref name="until"/> has come.</summary>
    private async Task WaitAsync(Task changed, TimeSpan longest, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var left = until - time.GetUtcNow();
        var wait = left < longest ? left.Value : longest;
        if (wait <= TimeSpan.Zero) return;
        await changed.WaitAsync(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
