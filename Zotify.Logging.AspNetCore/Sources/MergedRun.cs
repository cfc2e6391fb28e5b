using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Common;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Follows all sources for all subscribers: each source is read once, its lines are merged once, and the blocks are shared. It runs from
/// the first subscriber to the last. Thread-safe.
/// </summary>
internal sealed class MergedRun
{
    /// <summary>The most characters of a block, not counting its last line. Written as events, it is what is sent at once.</summary>
    private const int MaxBlock = 8 * 1024;

    /// <summary>The most characters that are published together.</summary>
    private const int MaxBatch = 8 * MaxBlock;

    /// <summary>The most characters that are published before the fastest subscriber takes some of them.</summary>
    private const long MaxAhead = RecentMerged.MaxOpen;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(40);

    /// <summary>How long the run waits for a subscriber to take something.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>A run that falls back by more than this waits for nobody: its subscribers are too slow for it.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<ILineSource> _sources;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();

    // What the followers of the sources add to, and the publisher takes from.
    private readonly Lock _gate = new();
    private readonly LineMerger _merger;
    private readonly MergedCursor _at;
    private readonly RecentMerged _recent;
    private readonly AsyncSignal _arrived = new();
    private readonly AsyncSignal _changed = new();
    private readonly TimeSpan _longestDelay;
    private volatile SourceState[] _states;

    /// <param name="sources">The sources.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="away">Why sources are away, as far as it is known.</param>
    /// <param name="time">The clock.</param>
    public MergedRun(IReadOnlyList<ILineSource> sources, MergedCursor start, string?[] away, TimeProvider time)
    {
        (_sources, _time, _at) = (sources, time, start.Clone());
        var isKnown = start.Time > DateTimeOffset.MinValue && start.Time < time.GetUtcNow();
        _longestDelay = isKnown ? LongestDelay + (time.GetUtcNow() - start.Time) : LongestDelay;
        _merger = new LineMerger(sources.Count, time);
        _recent = new RecentMerged(start.Clone());
        _states = [.. away.Select(reason => reason is null ? SourceState.Present : new SourceState(reason, time.GetUtcNow()))];
        foreach (var source in Enumerable.Range(0, away.Length).Where(i => away[i] is not null)) _merger.Leave(source);
    }

    /// <summary>Completes when blocks were added, or a source went or came. Get the task before reading.</summary>
    public Task Changed => _changed.Next;

    /// <summary>How far its subscribers are.</summary>
    public RunPace Pace { get; } = new();

    /// <summary>Which sources are away. The array is replaced, never changed.</summary>
    public SourceState[] States => _states;

    /// <summary>The most characters of one source that are held; so all of them together stay small.</summary>
    private int MaxHeld => Math.Max(128 * 1024, 2 * 1024 * 1024 / _sources.Count);

    /// <summary>Begins to follow.</summary>
    public void Start()
    {
        // It outlives the request that starts it, so it must not keep that request's context.
        using var flow = ExecutionContext.SuppressFlow();
        var followers = _sources.Select((source, i) => new SourceFollower(source, _at[i], _time, new RunFeed(this, i))).ToList();
        foreach (var follower in followers) _ = Task.Run(() => follower.RunAsync(_end.Token));
        _ = Task.Run(PublishAsync);
    }

    /// <summary>Ends it. Its subscribers are woken.</summary>
    public void Stop()
    {
        _ = _end.CancelAsync();
        _changed.Set();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _end.IsCancellationRequested;

    /// <summary>Where it is in a source.</summary>
    public SourcePosition PositionOf(int source)
    {
        lock (_gate) return _at[source];
    }

    /// <summary>Finds what a subscriber at a cursor gets next; <see langword="null"/> where it cannot join now.</summary>
    public MergedSlot? Find(MergedCursor cursor, bool[] wanted)
    {
        lock (_gate) return _recent.Find(cursor, _at, wanted);
    }

    /// <summary>Whether it has given out nothing as late as this yet, so that it will come to who has everything up to then.</summary>
    public bool IsBefore(DateTimeOffset time)
    {
        lock (_gate) return _at.Time < time;
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
            if (_recent.TryFind(slot.Next, out block, out at))
            {
                _recent.KeepOpen(block);
                Pace.Take(block.Next);
            }

            return slot.Next >= _recent.First;
        }
    }

    /// <summary>Adds what a source gave out. Returns when there is space for more: a fast source is read no faster than merged.</summary>
    public async ValueTask AddAsync(int source, LogBlock<SystemLogEntry> block)
    {
        lock (_gate)
        {
            var isEmpty = !_merger.Holds(source);
            foreach (var item in block.Items)
            {
                if (item is LogHeartbeat<SystemLogEntry>) _merger.ReachedEnd(source);
                else _merger.Add(source, item);
            }

            // Where nothing is held, the source's cursor may move past lines that are none.
            var isMoved = block.End.Length > 0 && _at[source].Cursor != block.End;
            if (isMoved && isEmpty && !_merger.Holds(source)) _at.MoveOn(source, block.End);
            if (_states[source].Away is not null) SetState(source, null);
        }

        while (true)
        {
            var changed = _changed.Next;
            _arrived.Set();
            lock (_gate)
            {
                if (_merger.SizeOf(source) < MaxHeld) return;
            }

            await changed.WaitAsync(_end.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Takes note that a source is away.</summary>
    public void Leave(int source, string reason)
    {
        lock (_gate)
        {
            _merger.Leave(source);
            if (_states[source].Away != reason) SetState(source, reason);
        }

        _arrived.Set();
    }

    private void SetState(int source, string? away)
    {
        var states = (SourceState[])_states.Clone();
        // Another reason does not change since when it is away.
        var since = away is not null && states[source].Away is not null ? states[source].Since : _time.GetUtcNow();
        states[source] = new SourceState(away, since);
        _states = states;
        _changed.Set();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody awaits it: the end is its only exception.")]
    private async Task PublishAsync()
    {
        try
        {
            while (true)
            {
                await PaceAsync().ConfigureAwait(false);
                var arrived = _arrived.Next;
                var size = Publish();
                if (size > 0) _changed.Set();
                // Each batch wakes all subscribers, so lines that arrive within a moment are published together.
                if (size is > 0 and < MaxBatch) await Task.Delay(Linger, _time, _end.Token).ConfigureAwait(false);
                if (size > 0) continue;
                await arrived.WaitAsync(UntilDue(), _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _end.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The last subscriber has left.
        }
    }

    /// <summary>Waits where it is far ahead of all subscribers.</summary>
    private async ValueTask PaceAsync()
    {
        var taken = Pace.Taken;
        lock (_gate)
        {
            if (!Pace.MayWait || _time.GetUtcNow() - _at.Time > _longestDelay || _recent.SizeFrom(Pace.Furthest) <= MaxAhead) return;
        }

        await taken.WaitAsync(LongestPause, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private TimeSpan UntilDue()
    {
        lock (_gate) return _merger.UntilDue() ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Publishes what is due, up to a batch. Returns its size, in characters; 0 where nothing is due.</summary>
    private int Publish()
    {
        lock (_gate)
        {
            var batch = 0;
            while (batch < MaxBatch && PublishBlock() is > 0 and var size) batch += size;
            return batch;
        }
    }

    private int PublishBlock()
    {
        var (start, lines) = (_at.Clone(), new List<(int Source, HeldLine Line)>());
        var size = 0;
        while (size < MaxBlock && _merger.TryTake(out var source, out var line))
        {
            if (!MergedItem.TryMove(line.Value.Item, source, line.Value.Time, _at)) continue;
            lines.Add((source, line.Value));
            size += line.Value.Size;
        }

        if (lines.Count == 0) return 0;
        var origins = lines.Select(at => new MergedOrigin(at.Source, _sources[at.Source].Name, at.Line.Item.Cursor, at.Line.Time));
        var packed = PackedLines.Of([.. lines.Select(at => at.Line.Item)]);
        _recent.Add(new MergedBlock(_recent.Next, start, packed, [.. origins], Math.Max(1, size)));
        return Math.Max(1, size);
    }
}
