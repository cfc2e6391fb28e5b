namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The runs that subscribers follow. One is enough while all keep up. Where a crowd is behind it, because the processor was busy, another
/// one begins where the crowd is: together they are served far sooner than one by one. It ends when it has caught up. Thread-safe.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="pages">What the subscribers that are behind read.</param>
/// <param name="time">The clock.</param>
internal sealed class MergedRuns(IReadOnlyList<ILineSource> sources, MergedPages pages, TimeProvider time)
{
    /// <summary>How many runs there are, but for one of those that keep up: each takes some megabytes.</summary>
    private const int MaxRuns = 3;

    /// <summary>
    /// How far apart subscribers are at most that follow a run together, and how far back a client may begin one by itself: those that were
    /// cut off for so long go on in it together.
    /// </summary>
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much earlier a run begins in a source that is away: clients that came a moment before the one that starts it can follow it, too.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();

    // A run is here until it ends. How many subscribers it has is changed under the lock.
    private readonly List<MergedRun> _runs = [];

    /// <summary>Why sources are away, as far as a run knows; all <see langword="null"/> where there is none.</summary>
    public string?[] Away
    {
        get
        {
            lock (_gate) return Furthest()?.States.Select(state => state.Away).ToArray() ?? new string?[sources.Count];
        }
    }

    /// <summary>Where the furthest run is in a source; the source's end where there is no run.</summary>
    public SourcePosition PositionOf(int source)
    {
        lock (_gate) return Furthest()?.PositionOf(source) ?? default;
    }

    /// <summary>
    /// Adds a subscriber to the run that it can follow at its cursor, or soon: of several, to the furthest. Where it can follow none, but
    /// a crowd is behind all of them, another one begins. Call <see cref="Leave"/> after use.
    /// </summary>
    /// <param name="subscriber">Where the subscriber is.</param>
    /// <returns>The run; <see langword="null"/> where the subscriber has to read pages.</returns>
    public MergedRun? Enter(RunCandidate subscriber)
    {
        lock (_gate)
        {
            var run = _runs.Where(run => run != subscriber.Avoided && run.IsFor(subscriber, Reach)).MaxBy(run => run.Time)
                ?? Begin(subscriber)
                // Whoever has read everything awaits what comes.
                ?? (subscriber.HasReadAll ? Furthest() : null);
            if (run is not null) run.Subscribers++;
            return run;
        }
    }

    /// <summary>Removes a subscriber.</summary>
    public void Leave(MergedRun run)
    {
        lock (_gate)
        {
            if (--run.Subscribers == 0) End(run);
        }
    }

    /// <summary>
    /// Ends a run if another one that has as many subscribers is about where it is. Its subscribers take what it published, and go on with
    /// the other.
    /// </summary>
    private void EndIfCaughtUp(MergedRun run)
    {
        lock (_gate)
        {
            var isCaughtUp = _runs.Exists(other => other != run && other.Subscribers >= run.Subscribers && other.IsNear(run));
            if (isCaughtUp) End(run);
        }
    }

    private MergedRun? Furthest() => _runs.MaxBy(run => run.Time);

    private void End(MergedRun run)
    {
        _runs.Remove(run);
        run.Stop();
    }

    private MergedRun? Begin(RunCandidate subscriber)
    {
        if (StartFor(subscriber) is not { } start) return null;
        for (var i = 0; i < sources.Count; i++)
        {
            if (start[i] is { Cursor: null, Since: { } since } && since > DateTimeOffset.MinValue + Margin)
                start[i] = SourcePosition.Of(since - Margin);
        }

        var run = new MergedRun(sources, start, subscriber.Away, time, EndIfCaughtUp);
        _runs.Add(run);
        run.Start();
        return run;
    }

    /// <summary>Where a run begins for a subscriber; <see langword="null"/> where none should begin.</summary>
    private MergedCursor? StartFor(RunCandidate subscriber)
    {
        var cursor = subscriber.Cursor;
        var crowd = pages.EarliestOfCrowd(alone =>
            (alone.Time - cursor.Time).Duration() <= Reach && !_runs.Exists(run => run.ComesTo(alone.Time, Reach)));
        if (crowd is not null && TryMakeSpace()) return !subscriber.WantsAll || crowd.Time <= cursor.Time ? crowd : cursor.Clone();
        if (!subscriber.HasReadAll && (_runs.Count > 0 || time.GetUtcNow() - subscriber.UpTo >= Reach)) return null;
        // Whoever has read everything waits for a run that will be there soon, but not for those that are far back.
        if (Furthest() is { } run && subscriber.UpTo - run.Time <= Reach) return null;
        // It begins in any case.
        TryMakeSpace();
        var start = cursor.Clone();
        foreach (var source in Enumerable.Range(0, sources.Count).Where(i => !subscriber.Wanted[i])) start[source] = default;
        return start;
    }

    /// <summary>Makes space for a run: one that few follow ends, and they read alone. Returns whether there is space.</summary>
    private bool TryMakeSpace()
    {
        if (_runs.Count < MaxRuns) return true;
        if (_runs.MinBy(run => run.Subscribers) is not { Subscribers: < MergedPages.Crowd } small) return false;
        End(small);
        return true;
    }
}
