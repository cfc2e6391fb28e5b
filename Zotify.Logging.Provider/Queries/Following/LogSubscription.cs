using System.Runtime.CompilerServices;

namespace Zotify.Logging.Queries;

/// <summary>Gives out a log as it grows, and word of a quiet one every 15 seconds. Thread-safe: each enumeration has a follower of its own.</summary>
/// <param name="tail">The shared tail of the log.</param>
/// <param name="time">The clock of heartbeats and of <c>until</c>.</param>
/// <param name="heartbeat">Says that everything up to a position was read.</param>
internal sealed class LogSubscription<TItem>(SharedTail<TItem> tail, TimeProvider time, Func<string, TItem> heartbeat)
    where TItem : IPositioned
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>A follower that is at no shared tail has nobody who tells it of what it missed.</summary>
    private static readonly TimeSpan AloneInterval = TimeSpan.FromSeconds(1);

    /// <summary>Tells that a stream has its place, even though nothing is there to be read.</summary>
    public static LogBlock<TItem> Begun(string position) => new(position, position, [], 0);

    /// <summary>Blocks with items as they come, until a time has passed.</summary>
    public async IAsyncEnumerable<LogBlock<TItem>> ReadAsync(
        LogSubscriber<TItem> follower, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lastItem = time.GetTimestamp();
        while (true)
        {
            // Asked for before reading, so that what comes in meanwhile is not waited for.
            var news = tail.News;
            var block = await follower.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (block is { Items.Count: > 0 })
            {
                yield return block;
                lastItem = time.GetTimestamp();
                continue;
            }

            if (block is null && time.GetUtcNow() >= until)
            {
                // What came in at the last moment may not be in the shared tail yet.
                if (follower.LeaveTail()) continue;
                yield break;
            }

            if (time.GetElapsedTime(lastItem) >= HeartbeatInterval)
            {
                yield return new LogBlock<TItem>(follower.Position, follower.Position, [heartbeat(follower.Position)], 0);
                lastItem = time.GetTimestamp();
            }

            if (block is not null)
            {
                // A long way without a match: whoever serves this has other work as well, and sends what it has.
                await Task.Yield();
                continue;
            }

            var rest = HeartbeatInterval - time.GetElapsedTime(lastItem);
            await WaitAsync(news, !follower.IsAtTail && rest > AloneInterval ? AloneInterval : rest, until, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until there is something to do: something new, a heartbeat, or the end.</summary>
    private async Task WaitAsync(Task news, TimeSpan most, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var rest = until - time.GetUtcNow();
        var wait = rest < most ? rest.Value : most;
        if (wait <= TimeSpan.Zero) return;
        await news.WaitAsync(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
