using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Common;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Follows all sources for its subscribers: each source is read once, its lines are merged once, and the blocks are shared. It runs from
/// the first subscriber to the last, or until another run is where it is. Thread-safe.
/// </summary>
internal sealed class MergedRun
{
    /// <summary>The most characters that are published before most subscribers take some of them.</summary>
    private const long MaxAhead = 256 * 1024;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(40);

    /// <summary>How often the run looks whether it still has to wait for its subscribers, if none of them takes anything.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>A run that falls back by more than this waits for the fastest subscriber alone: most are too slow for it.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>How long its subscribers can take what it published after it has ended.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<ILineSource> _sources;
    private readonly TimeProvider _time;
    private readonly Action<MergedRun> _published;
    private readonly CancellationTokenSource _end = new();

    // What the followers of the sources add to, and the publisher takes from.
    private readonly Lock _gate = new();
    private readonly MergedBlocks _blocks;
    private readonly AsyncSignal _arrived = new();
    private readonly AsyncSignal _changed = new();
    private readonly SourceStates _states;
    private readonly TimeSpan _longestDelay;

    /// <param name="sources">The sources.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="away">Why sources are away, as far as it is known.</param>
    /// <param name="time">The clock.</param>
    /// <param name="published">Called with the run after it published something; the call may stop the run.</param>
    public MergedRun(
        IReadOnlyList<ILineSource> sources, MergedCursor start, string?[] away, TimeProvider time, Action<MergedRun> published)
    {
        (_sources, _time, _published) = (sources, time, published);
        var isKnown = start.Time > DateTimeOffset.MinValue && start.Time < time.GetUtcNow();
        _longestDelay = isKnown ? LongestDelay + (time.GetUtcNow() - start.Time) : LongestDelay;
        _blocks = new MergedBlocks(sources, start, time);
        _states = new SourceStates(away, time);
        Pace = new RunPace(time);
        foreach (var source in Enumerable.Range(0, away.Length).Where(i => away[i] is not null)) _blocks.Leave(source);
    }

    /// <summary>Completes when blocks were added, or a source went or came. Get the task before reading.</summary>
    public Task Changed => _changed.Next;

    /// <summary>How far its subscribers are.</summary>
    public RunPace Pace { get; }

    /// <summary>Which sources are away. The array is replaced, never changed.</summary>
    public SourceState[] States => _states.All;

    /// <summary>How many subscribers it has, joined or not. <see cref="MergedRuns"/> counts them.</summary>
    public int Subscribers { get; set; }

    /// <summary>Whether it has ended. What it published can be taken for a while.</summary>
    public bool HasEnded => _end.IsCancellationRequested;

    /// <summary>The latest time that it gave out.</summary>
    public DateTimeOffset Time
    {
        get
        {
            lock (_gate) return _blocks.Time;
        }
    }

    /// <summary>Begins to follow.</summary>
    public void Start()
    {
        // It outlives the request that starts it, so it must not keep that request's context.
        using var flow = ExecutionContext.SuppressFlow();
        var followers = _sources
            .Select((source, i) => new SourceFollower(source, _blocks.PositionOf(i), _time, new RunFeed(this, i))).ToList();
        foreach (var follower in followers) _ = Task.Run(() => follower.RunAsync(_end.Token));
        _ = Task.Run(PublishAsync);
    }

    /// <summary>Ends it. Its subscribers are woken, and take what it published.</summary>
    public void Stop()
    {
        _ = _end.CancelAsync();
        _changed.Set();
    }

    /// <summary>Where it is in a source.</summary>
    public SourcePosition PositionOf(int source)
    {
        lock (_gate) return _blocks.PositionOf(source);
    }

    /// <summary>Finds what a subscriber at a cursor gets next; <see langword="null"/> where it cannot join now.</summary>
    public MergedSlot? Find(MergedCursor cursor, bool[] wanted)
    {
        lock (_gate) return _blocks.Find(cursor, wanted);
    }

    /// <summary>Whether it has given out nothing as late as this yet, so that it will come to who has everything up to then.</summary>
    public bool IsBefore(DateTimeOffset time)
    {
        lock (_gate) return _blocks.Time < time;
    }

    /// <summary>Whether it is before a time, and not far.</summary>
    public bool ComesTo(DateTimeOffset time, TimeSpan reach)
    {
        lock (_gate) return _blocks.Time < time && time - _blocks.Time <= reach;
    }

    /// <summary>Whether a client can follow it: at once, or when it comes to where the client is.</summary>
    public bool IsFor(RunCandidate client, TimeSpan reach) =>
        ComesTo(client.UpTo, reach) || Find(client.Cursor, client.Wanted) is not null;

    /// <summary>Whether another run is about where this one is: whoever follows the one can follow the other.</summary>
    public bool IsNear(MergedRun other)
    {
        var (time, middle) = Place();
        var (otherTime, otherMiddle) = other.Place();
        return time >= otherTime ? otherTime >= middle : time >= otherMiddle;
    }

    /// <summary>Finds the block of the next item; <see langword="null"/> before there is one.</summary>
    /// <param name="slot">The subscriber's slot.</param>
    /// <param name="block">The block.</param>
    /// <param name="at">Where in it the item is.</param>
    /// <returns>False if the item was evicted.</returns>
    public bool TryFind(MergedSlot slot, out MergedBlock? block, out int at)
    {
        lock (_gate)
        {
            if (_blocks.Recent.TryFind(slot.Next, out block, out at)) _blocks.Recent.KeepOpen(block);
            return slot.Next >= _blocks.Recent.First;
        }
    }

    /// <summary>Adds what a source gave out. Returns when there is space for more: a fast source is read no faster than merged.</summary>
    public async ValueTask AddAsync(int source, LogBlock<SystemLogEntry> block)
    {
        lock (_gate)
        {
            _blocks.Add(source, block);
            if (_states.Set(source, null)) _changed.Set();
        }

        while (true)
        {
            var changed = _changed.Next;
            _arrived.Set();
            lock (_gate)
            {
                if (_blocks.HasSpace(source)) return;
            }

            await changed.WaitAsync(_end.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Takes note that a source is away.</summary>
    public void Leave(int source, string reason)
    {
        lock (_gate)
        {
            _blocks.Leave(source);
            if (_states.Set(source, reason)) _changed.Set();
        }

        _arrived.Set();
    }

    private (DateTimeOffset Time, DateTimeOffset Middle) Place()
    {
        lock (_gate) return (_blocks.Time, _blocks.Recent.MiddleTime);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody awaits it: the end is its only exception.")]
    private async Task PublishAsync()
    {
        try
        {
            while (true)
            {
                _end.Token.ThrowIfCancellationRequested();
                await PaceAsync().ConfigureAwait(false);
                var arrived = _arrived.Next;
                if (Publish() is { } isWhole)
                {
                    _changed.Set();
                    _published(this);
                    // Each batch wakes all subscribers, so lines that arrive within a moment are published together.
                    if (!isWhole) await Task.Delay(Linger, _time, _end.Token).ConfigureAwait(false);
                    continue;
                }

                await arrived.WaitAsync(UntilDue(), _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException)
        {
            // The last subscriber has left, or those that are left take what there is.
            await Task.Delay(LongestDrain, _time, CancellationToken.None).ConfigureAwait(false);
            lock (_gate) _blocks.Recent.Clear();
            _changed.Set();
        }
    }

    /// <summary>Waits where it is far ahead of most subscribers.</summary>
    private async ValueTask PaceAsync()
    {
        while (!HasEnded)
        {
            var changed = Pace.Changed;
            lock (_gate)
            {
                var share = _time.GetUtcNow() - _blocks.Time > _longestDelay ? 0 : 0.5;
                if (!Pace.HasToWait(_blocks.Recent.NumberBefore(MaxAhead), _blocks.Time, share)) return;
            }

            await changed.WaitAsync(LongestPause, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan UntilDue()
    {
        lock (_gate) return _blocks.UntilDue ?? Timeout.InfiniteTimeSpan;
    }

    private bool? Publish()
    {
        lock (_gate) return _blocks.Publish();
    }
}
