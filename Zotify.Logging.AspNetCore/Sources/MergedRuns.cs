namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The run of all subscribers: it exists while there is one. Where a crowd of them is behind it, because the processor was busy, another
/// run begins where the crowd is: together they are served far sooner than one by one. Thread-safe.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="pages">What the subscribers that are behind read.</param>
/// <param name="time">The clock.</param>
internal sealed class MergedRuns(IReadOnlyList<ILineSource> sources, MergedPages pages, TimeProvider time)
{
    /// <summary>How far back a client may begin a run by itself: those that were cut off for so long go on in it together.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much earlier a run begins in a source that is away: clients that came a moment before the one that starts it can follow it, too.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>For how long a run is not replaced.</summary>
    private static readonly TimeSpan ShortestRun = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private MergedRun? _run;
    private long _beganAt;
    private int _subscribers;

    /// <summary>Why sources are away, as far as the run knows; all <see langword="null"/> where there is none.</summary>
    public string?[] Away => _run?.States.Select(state => state.Away).ToArray() ?? new string?[sources.Count];

    /// <summary>Where the run is in a source; the source's end where there is no run.</summary>
    public SourcePosition PositionOf(int source) => _run?.PositionOf(source) ?? default;

    /// <summary>The run, for a subscriber between <see cref="Enter"/> and <see cref="Leave"/>.</summary>
    public MergedRun Current
    {
        get
        {
            lock (_gate) return _run!;
        }
    }

    /// <summary>
    /// Whether a subscriber can follow the run at its cursor, or will soon. Where none runs and it is not far back, and where the run has
    /// passed a crowd of subscribers, another one begins.
    /// </summary>
    /// <param name="cursor">The subscriber's cursor.</param>
    /// <param name="upTo">Up to when it has everything.</param>
    /// <param name="wanted">The sources that it wants.</param>
    public bool CanFollow(MergedCursor cursor, DateTimeOffset upTo, bool[] wanted)
    {
        lock (_gate)
        {
            if (_run is null) return time.GetUtcNow() - upTo < Reach || pages.EarliestOfCrowd is not null;
            if (CanFollow(_run)) return true;
            if (time.GetElapsedTime(_beganAt) < ShortestRun || StartOfCrowd(cursor, wanted) is not { } start) return false;
            _run.Stop();
            Start(start, Away);
            return CanFollow(_run);
        }

        bool CanFollow(MergedRun run) => run.IsBefore(upTo) || run.Find(cursor, wanted) is not null;
    }

    /// <summary>
    /// Adds a subscriber. If there was no run, one begins at its cursor, or where a crowd is. Call <see cref="Leave"/> after use.
    /// </summary>
    /// <param name="cursor">The subscriber's cursor.</param>
    /// <param name="wanted">The sources that it wants. In the others, a new run begins at their ends.</param>
    /// <param name="away">Why sources are away, as far as the subscriber knows.</param>
    public void Enter(MergedCursor cursor, bool[] wanted, string?[] away)
    {
        lock (_gate)
        {
            _subscribers++;
            if (_run is null) Start(StartOfCrowd(cursor, wanted) ?? OfWanted(cursor, wanted), away);
        }
    }

    /// <summary>Removes a subscriber.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_subscribers > 0) return;
            _run!.Stop();
            _run = null;
        }
    }

    /// <summary>Where a crowd is, or one of it that reads a page at the moment; <see langword="null"/> where there is none.</summary>
    private MergedCursor? StartOfCrowd(MergedCursor cursor, bool[] wanted)
    {
        if (pages.EarliestOfCrowd is not { } crowd) return null;
        return wanted.Contains(false) || crowd.Time <= cursor.Time ? crowd : cursor.Clone();
    }

    private static MergedCursor OfWanted(MergedCursor cursor, bool[] wanted)
    {
        var start = cursor.Clone();
        foreach (var source in Enumerable.Range(0, wanted.Length).Where(i => !wanted[i])) start[source] = default;
        return start;
    }

    private void Start(MergedCursor start, string?[] away)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            if (start[i] is { Cursor: null, Since: { } since } && since > DateTimeOffset.MinValue + Margin)
                start[i] = SourcePosition.Of(since - Margin);
        }

        _beganAt = time.GetTimestamp();
        _run = new MergedRun(sources, start, away, time);
        _run.Start();
    }
}
